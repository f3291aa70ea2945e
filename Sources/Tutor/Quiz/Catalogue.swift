/// What the bank refers to by id.
package struct Catalogue: Sendable {
    package struct Source: Hashable, Sendable {
        package let title: String
        package let url: String
        /// Those that may be cited; empty where the source has none.
        package let sections: [String]
    }

    package struct Misconception: Hashable, Sendable {
        package let belief: String
        package let truth: String
        package let references: [String]
    }

    package let sources: [String: Source]
    /// By id, such as "M04".
    package let misconceptions: [String: Misconception]
    /// Id and name, in their order.
    package let concepts: [(id: String, name: String)]
    package let confusable: [(id: String, name: String)]
    package let outline: [(id: String, name: String)]

    package static let empty = Catalogue(sources: [:], misconceptions: [:], concepts: [], confusable: [], outline: [])

    /// What a concept is called.
    package func concept(_ id: String) -> String { concepts.first { $0.id == id }?.name ?? id }
}

extension Catalogue {
    static func read(_ tree: Tree, file: String) throws(ContentError) -> Catalogue {
        let reader = TreeReader(file: file)
        let fields = try reader.fields(
            of: tree, "the catalogue", keys: ["sources", "misconceptions", "concepts", "confusable", "outline"])
        var sources: [String: Source] = [:]
        for entry in try reader.entries(try fields.required("sources"), "sources") {
            let source = try reader.fields(of: entry.value, entry.key, keys: ["title", "url", "sections"])
            sources[entry.key] = Source(
                title: try source.text("title"), url: try source.text("url"), sections: try source.texts("sections"))
        }
        var misconceptions: [String: Misconception] = [:]
        for entry in try reader.entries(try fields.required("misconceptions"), "misconceptions") {
            let belief = try reader.fields(of: entry.value, entry.key, keys: ["belief", "truth", "references"])
            misconceptions[entry.key] = Misconception(
                belief: try belief.text("belief"), truth: try belief.text("truth"),
                references: try belief.texts("references"))
        }
        return Catalogue(
            sources: sources, misconceptions: misconceptions, concepts: try names(fields, "concepts"),
            confusable: try names(fields, "confusable"), outline: try names(fields, "outline"))
    }

    private static func names(
        _ fields: TreeReader.Fields, _ key: String
    ) throws(ContentError) -> [(id: String, name: String)] {
        var names: [(id: String, name: String)] = []
        for entry in try fields.reader.entries(try fields.required(key), key) {
            names.append((entry.key, try fields.reader.text(entry.value, entry.key)))
        }
        return names
    }
}
