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
