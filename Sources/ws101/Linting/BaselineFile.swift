import Foundation
import Lint

/// The baseline on disk.
enum BaselineFile {
    /// - Parameter mayBeMissing: An absent file is an empty baseline.
    static func read(_ path: String, mayBeMissing: Bool = false) throws -> Baseline {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            if mayBeMissing, !FileManager.default.fileExists(atPath: path) { return Baseline(file: path) }
            throw Failure(
                "cannot read the baseline \(path)", next: "To write one: ws101 lint … --write-baseline \(path)",
                status: Failure.wrongUse)
        }
        do {
            return try Baseline([UInt8](bytes), file: path)
        } catch {
            throw Failure("\(error)", status: Failure.wrongUse)
        }
    }

    static func write(_ baseline: Baseline, to path: String) throws {
        try WholeFile.write(baseline.text, to: path)
    }
}

/// A file that is replaced as a whole or not at all.
enum WholeFile {
    static func write(_ text: String, to path: String) throws {
        do {
            // A pipe or a device cannot be replaced.
            let isOrdinary = URL(fileURLWithPath: path).isOrdinaryOrAbsent
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: isOrdinary ? .atomic : [])
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
