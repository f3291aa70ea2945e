import Foundation

/// A file that is replaced as a whole or not at all.
enum WholeFile {
    static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            // A pipe or a device cannot be replaced.
            let isOrdinary = URL(fileURLWithPath: path).isOrdinaryOrAbsent
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: isOrdinary ? .atomic : [])
        } catch {
            throw Failure("cannot write \(path): \((error as NSError).localizedDescription)")
        }
    }
}

extension URL {
    /// What a symbolic link points to is written through the link, which stays.
    fileprivate var isOrdinaryOrAbsent: Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return true }
        return attributes[.type] as? FileAttributeType == .typeRegular
    }
}
