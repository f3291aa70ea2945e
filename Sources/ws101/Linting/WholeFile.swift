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
    fileprivate var isOrdinaryOrAbsent: Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }
}
