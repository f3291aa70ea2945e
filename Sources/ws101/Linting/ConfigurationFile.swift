import Foundation
import Lint

/// `ws101.yml`, found and read.
struct ConfigurationFile {
    static let name = "ws101.yml"

    /// As it is shown; empty where there is none.
    let path: String
    let content: Configuration

    static let none = ConfigurationFile(path: "", content: Configuration())

    private init(path: String, content: Configuration) {
        self.path = path
        self.content = content
    }

    /// The file that was asked for, or the nearest one.
    static func of(_ choice: LintChoice, for target: LintTarget) throws -> ConfigurationFile {
        if choice.withoutConfiguration { return .none }
        if let asked = choice.configurationFile { return try ConfigurationFile(reading: asked) }
        let here = FileManager.default.currentDirectoryPath
        let folders = target.sourceFolder.map { [$0, here] } ?? [here, target.folder].compactMap(\.self)
        guard let found = folders.lazy.compactMap(search).first else { return .none }
        return try ConfigurationFile(reading: relative(found, to: here))
    }

    init(reading path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure("cannot read the configuration \(path)", status: Failure.wrongUse)
        }
        do {
            let content = try ConfigurationReader.read([UInt8](bytes), file: path)
            self.init(path: path, content: content)
        } catch {
            throw Failure(error.description, next: error.advice, status: Failure.wrongUse)
        }
    }

    /// In that folder or one above.
    private static func search(from folder: String) -> String? {
        var folder = URL(fileURLWithPath: folder).standardizedFileURL
        while true {
            let candidate = folder.appendingPathComponent(name).path
            if FileManager.default.fileExists(atPath: candidate) { return candidate }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            if parent.path == folder.path || folder.path == "/" { return nil }
            folder = parent
        }
    }

    private static func relative(_ path: String, to folder: String) -> String {
        path.hasPrefix(folder + "/") ? "./" + path.dropFirst(folder.count + 1) : path
    }

    /// A path that is written in the file, seen from where the program was started.
    func resolve(_ path: String) -> String {
        let folder = (self.path as NSString).deletingLastPathComponent
        return path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : "\(folder)/\(path)"
    }
}
