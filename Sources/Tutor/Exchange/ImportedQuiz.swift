import Yams

/// Items that came from elsewhere, and what became of each.
package struct ImportedQuiz: Sendable {
    package private(set) var items: [QuizItem] = []
    /// Were there already, in the file or among what was imported before.
    package private(set) var duplicates = 0
    /// What could not be taken over, with its line.
    package private(set) var skipped: [String] = []
    private var ids: Set<String>
    private var questions: Set<String>
    private let prefix: String

    /// - Parameters:
    ///   - prefix: Begins the id of every item.
    ///   - known: What is there already.
    init(prefix: String, known: [QuizItem]) {
        self.prefix = prefix
        ids = Set(known.map(\.id))
        questions = Set(known.map { ImportedQuiz.key($0.question, $0.body) })
    }

    /// The same question with the same answer is the same item.
    private static func key(_ question: String, _ body: QuizBody) -> String { "\(question)\u{1}\(body)" }

    mutating func skip(line: Int, _ why: String) { skipped.append("line \(line): \(why)") }

    /// - Parameter name: Of the item there; nil where it has none.
    mutating func add(_ name: String?, question: String, body: QuizBody, explanation: String, references: [String] = [])
    {
        guard questions.insert(ImportedQuiz.key(question, body)).inserted else {
            duplicates += 1
            return
        }
        let explanation = explanation.isEmpty ? "No explanation came with it." : explanation
        items.append(
            QuizItem(
                id: id(name ?? question), question: question, body: body, explanation: explanation,
                references: references, lesson: nil, concepts: ["imported"]))
    }

    /// Words of a-z and 0-9 with hyphens, and a number where that id is taken.
    private mutating func id(_ name: String) -> String {
        let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.prefix(6)
        var slug = "\(prefix)-\(words.isEmpty ? "item" : words.joined(separator: "-"))"
        if slug.hasPrefix("\(prefix)-\(prefix)-") { slug = String(slug.dropFirst(prefix.count + 1)) }
        var id = slug
        var number = 2
        while !ids.insert(id).inserted {
            id = "\(slug)-\(number)"
            number += 1
        }
        return id
    }

    /// A file of the bank with these items; reading it gives them back.
    package static func yaml(topic: String, title: String, items: [QuizItem]) -> String {
        let node = QuizNode.map([
            ("topic", QuizNode.text(topic)), ("title", QuizNode.text(title)), ("prefix", QuizNode.text(topic)),
            ("items", QuizNode.list(items.map { QuizNode.node($0) })),
        ])
        do {
            return try Yams.serialize(node: node, width: 100, allowUnicode: true)
        } catch {
            preconditionFailure("text in mappings and lists is YAML: \(error)")
        }
    }
}

/// An item as a node of YAML.
enum QuizNode {
    typealias Pair = (key: String, value: Node)

    static func text(_ text: String) -> Node { Node.scalar(Node.Scalar(text, Tag(.implicit), .doubleQuoted)) }

    static func list(_ nodes: [Node]) -> Node { Node.sequence(Node.Sequence(nodes)) }

    static func map(_ pairs: [Pair]) -> Node { Node.mapping(Node.Mapping(pairs.map { (text($0.key), $0.value) })) }

    static func node(_ item: QuizItem) -> Node {
        var pairs: [Pair] = [
            ("id", text(item.id)), ("kind", text(item.body.kind)), ("question", text(item.question)),
        ]
        if let context = item.context { pairs.append(("context", text(context))) }
        if let bytes = item.bytes { pairs.append(("bytes", text(bytes))) }
        pairs += body(item.body)
        pairs.append(("explanation", text(item.explanation)))
        pairs.append(("references", list(item.references.map(text))))
        pairs.append(("concepts", list(item.concepts.map(text))))
        pairs.append(("level", text(item.level.rawValue)))
        return map(pairs)
    }

    private static func body(_ body: QuizBody) -> [Pair] {
        switch body {
        case .trueFalse(let choices): [("statements", self.choices(choices, flag: "true"))]
        case .single(let choices), .predict(let choices), .multiple(let choices):
            [("options", self.choices(choices, flag: "correct"))]
        case .number(let number): self.number(number)
        case .hex(let hex): [("answer", text(HexText.write(hex.answer))), ("wrong", wrong(hex.wrong))]
        case .order(let steps): [("order", list(steps.map(text)))]
        case .match(let pairs): [("match", list(pairs.map(pair)))]
        case .fill(let fill):
            [
                ("fill", text(fill.text)), ("blanks", map(fill.blanks.map { ($0.name, list($0.accepted.map(text))) })),
                ("wrong", wrong(fill.wrong)),
            ]
        case .free(let essay): [("ideas", list(essay.ideas.map(idea))), ("model", text(essay.model))]
        }
    }

    private static func number(_ number: QuizNumber) -> [Pair] {
        var pairs: [Pair] = [("answer", text(NumberText.write(number.answer)))]
        if !number.unit.isEmpty { pairs.append(("unit", text(number.unit))) }
        return pairs + [("tolerance", text(NumberText.write(number.tolerance))), ("wrong", wrong(number.wrong))]
    }

    private static func pair(_ pair: QuizPair) -> Node {
        map([("left", text(pair.left)), ("right", text(pair.right))] + why(pair.why))
    }

    private static func idea(_ idea: QuizEssay.Idea) -> Node {
        map([("id", text(idea.id)), ("text", text(idea.text)), ("keywords", list(idea.keywords.map(text)))])
    }

    /// Empty where there is nothing to say: a key without text would be a fault.
    private static func why(_ why: String) -> [Pair] { why.isEmpty ? [] : [("why", text(why))] }

    private static func choices(_ choices: [QuizChoice], flag: String) -> Node {
        list(
            choices.map { choice in
                let pairs: [Pair] = [("text", text(choice.text)), (flag, text(choice.isRight ? "true" : "false"))]
                return map(pairs + why(choice.why))
            })
    }

    private static func wrong(_ wrong: [QuizWrong]) -> Node {
        list(wrong.map { map([("answer", text($0.answer))] + why($0.why)) })
    }
}
