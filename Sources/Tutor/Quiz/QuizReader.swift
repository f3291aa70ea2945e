/// Reads a file of the bank. It must be whole enough to be asked; `QuizCheck` demands more of what is published.
struct QuizReader {
    let reader: TreeReader

    static let itemKeys = [
        "id", "kind", "question", "context", "bytes", "options", "statements", "answer", "unit", "tolerance", "order",
        "match", "fill", "blanks", "wrong", "ideas", "model", "explanation", "references", "lesson", "interview",
        "concepts", "confusable", "level", "variant", "outline", "proof",
    ]
    static let kinds = [
        "multiple-true-false", "single", "multiple", "number", "hex", "order", "match", "fill", "predict", "free",
    ]

    /// A topic with the place of each of its items.
    struct Read {
        let topic: QuizTopic
        let places: [String: Tree.Place]
        /// The keys of each item in their order.
        let keys: [String: [String]]
    }

    static func read(_ tree: Tree, file: String) throws(ContentError) -> Read {
        let quiz = QuizReader(reader: TreeReader(file: file))
        let fields = try quiz.reader.fields(of: tree, "the file", keys: ["topic", "title", "prefix", "items"])
        let prefix = try fields.text("prefix")
        var items: [QuizItem] = []
        var places: [String: Tree.Place] = [:]
        var keys: [String: [String]] = [:]
        for tree in try quiz.reader.list(try fields.required("items"), "items") {
            let item = try quiz.item(tree)
            guard item.id.hasPrefix(prefix + "-") else {
                throw quiz.reader.error(tree.place, "the id \(item.id) must begin with \(prefix)-")
            }
            guard places.updateValue(tree.place, forKey: item.id) == nil else {
                throw quiz.reader.error(tree.place, "the id \(item.id) is there twice")
            }
            if case .map(let entries, _) = tree { keys[item.id] = entries.map(\.key) }
            items.append(item)
        }
        let topic = QuizTopic(name: try fields.text("topic"), title: try fields.text("title"), items: items)
        return Read(topic: topic, places: places, keys: keys)
    }

    private func item(_ tree: Tree) throws(ContentError) -> QuizItem {
        let fields = try reader.fields(of: tree, "an item", keys: QuizReader.itemKeys)
        let id = try fields.text("id")
        guard QuizReader.isKebab(id) else {
            throw reader.error(tree.place, "the id \(reader.shown(id)) must be words of a-z and 0-9 with hyphens")
        }
        var interview: [Int] = []
        for number in try fields.map("interview", { $0 }) {
            interview.append(try reader.whole(number, "interview", in: 1...10))
        }
        return QuizItem(
            id: id, question: try fields.text("question"), context: try fields.optionalText("context"),
            bytes: try fields.optionalText("bytes"), body: try body(fields),
            explanation: try fields.text("explanation"), references: try fields.texts("references"),
            lesson: try fields["lesson"].map { (tree) throws(ContentError) in
                try reader.whole(tree, "lesson", in: 1...12)
            },
            interview: interview, concepts: try fields.texts("concepts"),
            confusable: try fields.optionalText("confusable"),
            level: try fields["level"].map { (tree) throws(ContentError) in
                try reader.word(tree, "level", as: QuizItem.Level.self)
            } ?? .mid,
            variant: try fields.optionalText("variant"), outline: try fields.texts("outline"),
            proof: try fields.texts("proof"))
    }

    static func isKebab(_ id: String) -> Bool {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
        }
    }
}
