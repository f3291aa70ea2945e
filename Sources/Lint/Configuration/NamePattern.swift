/// Names with a "*" at the end.
enum NamePattern {
    static func matches(_ pattern: String, _ name: String) -> Bool {
        pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }

    /// The file's name may be shorter, where a folder of the project was linted alone: "server.js" for "src/server.js".
    static func matchesFile(_ pattern: String, _ name: String) -> Bool {
        matches(pattern, name) || (!pattern.hasSuffix("*") && pattern.hasSuffix("/" + name))
    }
}
