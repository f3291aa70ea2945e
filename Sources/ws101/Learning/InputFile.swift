import Foundation

/// A file that a person named.
enum InputFile {
    /// The whole of it.
    static func read(_ path: String) throws -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw Failure("cannot read \(path): \((error as NSError).localizedDescription)")
        }
    }
}
