/// A directive of nginx: a name, its arguments, and its block where it has one.
struct NginxDirective: Hashable {
    let name: String
    /// Without their quotes.
    let arguments: [String]
    /// From its name to its ";" or the end of its arguments.
    let bytes: Range<Int>
    /// nil: it ends with ";".
    let block: [NginxDirective]?

    subscript(name: String) -> [NginxDirective] { block?.filter { $0.name == name } ?? [] }
}

/// A file of nginx's configuration.
struct NginxFile {
    let file: SourceFile
    let directives: [NginxDirective]
    let comments: [Range<Int>]

    /// - Returns: nil where it is another program's: other files end with ".conf", too.
    init?(_ file: SourceFile) {
        var parser = NginxParser(file.text)
        guard let directives = parser.file(), directives.contains(where: Self.isTypical) else { return nil }
        self.file = file
        self.directives = directives
        comments = parser.comments
    }

    private static func isTypical(_ directive: NginxDirective) -> Bool {
        ["http", "server", "location", "upstream", "map"].contains(directive.name) && directive.block != nil
            || directive.name.hasPrefix("proxy_")
    }
}
