import Foundation
import Wire

/// The files of a folder that are worth searching.
struct SourceFolder {
    private(set) var files: [SourceFile] = []
    /// Those of them that configure nginx.
    private(set) var nginx: [NginxFile] = []
    private(set) var lockfiles: [Lockfile] = []
    private(set) var skipped = SourceResult.Skipped()

    /// Others' code, what was built, and what is no code.
    private static let foreign: Set<String> = [
        "node_modules", "vendor", "bower_components", "build", "dist", "out", "target", "coverage", "venv", "env",
        "__pycache__", "site-packages", "Pods", "Carthage", "DerivedData", "third_party",
    ]
    private static let sizeLimit = 1 << 20
    private static let lockfileLimit = 16 << 20
    private static let fileLimit = 20_000

    /// - Parameter path: A folder, or one file.
    init(_ path: String) throws(SourceError) {
        let root = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root, isDirectory: &isFolder) else {
            throw .noSuchPath(SafeText.escape(path))
        }
        if isFolder.boolValue {
            try walk(root, "", path)
        } else {
            add(root, (root as NSString).lastPathComponent)
        }
        guard !files.isEmpty || !lockfiles.isEmpty else { throw .noSources(SafeText.escape(path), skipped) }
    }

    private mutating func walk(_ folder: String, _ prefix: String, _ asked: String) throws(SourceError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            guard !prefix.isEmpty else { throw .unreadable(SafeText.escape(asked)) }
            skipped.unreadable += 1
            return
        }
        for name in names {
            let path = folder == "/" ? "/" + name : "\(folder)/\(name)"
            switch Self.kind(path) {
            // A link is not followed: what it leads to is elsewhere, or is seen there already.
            case .other: break
            case .file: add(path, prefix + name)
            case .folder:
                if Self.foreign.contains(name) {
                    skipped.folders += 1
                } else if !name.hasPrefix(".") {
                    try walk(path, prefix + name + "/", asked)
                }
            }
        }
    }

    private enum Kind { case file, folder, other }

    private static func kind(_ path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    private mutating func add(_ path: String, _ name: String) {
        let last = (name as NSString).lastPathComponent
        if let format = Lockfile.Format(fileName: last) {
            guard let text = read(path, limit: Self.lockfileLimit) else { return }
            lockfiles.append(
                Lockfile(
                    format: format, file: SourceFile(path: path, name: name, language: .nginx, text: text)))
            return
        }
        guard let language = SourceLanguage(fileName: last) else { return }
        guard files.count < Self.fileLimit else {
            skipped.tooMany += 1
            return
        }
        guard let text = read(path, limit: Self.sizeLimit) else { return }
        guard !Self.isMinified(last, text) else {
            skipped.minified += 1
            return
        }
        let file = SourceFile(path: path, name: name, language: language, text: text)
        if language == .nginx {
            guard let parsed = NginxFile(file) else { return }
            nginx.append(parsed)
        }
        files.append(file)
    }

    private mutating func read(_ path: String, limit: Int) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size <= limit else {
            skipped.large += 1
            return nil
        }
        guard let content = FileManager.default.contents(atPath: path), content.count <= limit,
            String(validating: content, as: UTF8.self) != nil
        else {
            skipped.unreadable += 1
            return nil
        }
        return [UInt8](content)
    }

    /// Code for machines: by its name, or because it has hardly any lines.
    private static func isMinified(_ name: String, _ text: [UInt8]) -> Bool {
        if name.contains(".min.") || name.contains(".bundle.") { return true }
        let lines = text.count { $0 == 0x0a } + 1
        return text.count > 20_000 && text.count / lines > 500
    }
}
