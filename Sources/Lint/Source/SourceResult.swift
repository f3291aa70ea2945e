/// What was found in source code, and what was looked at.
package struct SourceResult: Sendable {
    package var findings = Findings()
    /// What was searched: by language, how many files.
    package var files: [SourceLanguage: Int] = [:]
    /// How many lockfiles were read.
    package var lockfiles = 0
    /// What was not, and why.
    package var skipped = Skipped()
    /// Comments that ask to ignore something, with what became of each.
    package var comments: [IgnoreComment] = []
    /// Who searched: name and version; nil where there was nothing that needs an engine.
    package var engine: (name: String, version: String)?

    init(_ folder: SourceFolder) {
        skipped = folder.skipped
        lockfiles = folder.lockfiles.count
        for file in folder.files { files[file.language, default: 0] += 1 }
    }

    package struct Skipped: Hashable, Sendable {
        /// Folders of others' code, and of what was built.
        package var folders = 0
        /// Files of more than 1 MiB.
        package var large = 0
        package var minified = 0
        /// Files that cannot be opened, or are not in UTF-8.
        package var unreadable = 0
        /// Files beyond the first 20,000.
        package var tooMany = 0

        package init() {}

        /// "3 folders of others' code, 1 minified file"; empty where nothing was skipped.
        package var description: String {
            [
                (folders, "folder of others' code", "folders of others' code"),
                (large, "file over 1 MiB", "files over 1 MiB"), (minified, "minified file", "minified files"),
                (unreadable, "unreadable file", "unreadable files"),
                (tooMany, "file beyond the first 20,000", "files beyond the first 20,000"),
            ].filter { $0.0 > 0 }.map { Words.count($0.0, $0.1, $0.2) }.joined(separator: ", ")
        }
    }
}

/// Why source code was not judged.
package enum SourceError: Error, Hashable, CustomStringConvertible {
    case noSuchPath(String)
    case unreadable(String)
    /// There is nothing in a language that has rules.
    case noSources(String, SourceResult.Skipped)
    case engine(SourceEngineError)

    package var description: String {
        switch self {
        case .noSuchPath(let path): "there is no \(path)"
        case .unreadable(let path): "\(path) cannot be read"
        case .noSources(let path, let skipped):
            "\(path) has no source code that rules exist for (JavaScript, TypeScript, Python, Go, Swift, nginx)"
                + (skipped == SourceResult.Skipped() ? "" : "; skipped: \(skipped.description)")
        case .engine(let error): error.description
        }
    }
}
