extension SourceLint {
    /// Whether there is anything to judge at all: told even where there is no engine.
    package static func check(_ path: String) throws(SourceError) { _ = try SourceFolder(path) }
}
