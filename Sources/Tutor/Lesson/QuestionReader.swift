import Wire
import Yams

/// Reads a `predict`, `question` or `recall` block.
struct QuestionReader {
    private(set) var fields: FieldReader

    init(file: String, offset: Int) { fields = FieldReader(file: file, offset: offset) }

    private static let kinds = [
        "options", "statements", "order", "number", "measure", "hex", "words", "ideas",
    ]

    mutating func question(_ text: String, _ role: Question.Role) -> Question? {
        guard let root = fields.root(text),
            let keys = fields.fields(
                of: root, "a question", required: ["id", "ask"],
                optional: QuestionReader.kinds + ["wrong", "explain", "unit", "tolerance", "model"])
        else { return nil }
        let given = QuestionReader.kinds.filter { keys[$0] != nil }
        guard given.count == 1 else {
            let all = QuestionReader.kinds.joined(separator: ", ")
            fields.fault(root, "a question has exactly one of \(all)")
            return nil
        }
        guard let kind = kind(given[0], keys, root) else { return nil }
        if role == .recall, given[0] != "ideas" { fields.fault(root, "a recall has ideas and a model") }
        if role == .predict, given[0] == "ideas" { fields.fault(root, "ideas belong into a recall block") }
        return Question(
            id: fields.text(keys["id"], "id"), role: given[0] == "ideas" ? .recall : role,
            ask: fields.text(keys["ask"], "ask"), kind: kind, wrong: wrong(keys["wrong"]),
            explain: fields.text(keys["explain"], "explain"), line: fields.offset)
    }

    private mutating func kind(_ name: String, _ keys: [String: Node], _ root: Node) -> Question.Kind? {
        let node = keys[name]
        switch name {
        case "options": return options(node)
        case "statements": return statements(node)
        case "order":
            let steps = fields.texts(node, "order")
            if steps.count < 3 { fields.fault(node, "there is nothing to put in order in fewer than three steps") }
            return .order(steps)
        case "number":
            return fields.number(node, "number").map {
                .number(
                    $0, unit: fields.text(keys["unit"], "unit"),
                    tolerance: fields.number(keys["tolerance"], "tolerance") ?? 0)
            }
        case "measure": return measure(node, keys["tolerance"])
        case "hex":
            do {
                return .hex(try HexBytes.parse(fields.text(node, "hex")))
            } catch {
                fields.fault(node, "\(error)")
                return nil
            }
        case "words": return .words(fields.texts(node, "words"))
        default:
            if keys["model"] == nil { fields.fault(root, "a recall lacks the key \"model\"") }
            return .recall(ideas: fields.texts(node, "ideas"), model: fields.text(keys["model"], "model"))
        }
    }

    private mutating func options(_ node: Node?) -> Question.Kind? {
        guard let items = items(node, "options") else { return nil }
        let options = items.compactMap { item -> Question.Option? in
            guard
                let keys = fields.fields(
                    of: item, "an option", required: ["text", "why"], optional: ["right", "misconception"])
            else { return nil }
            return Question.Option(
                text: fields.text(keys["text"], "text"), isRight: fields.truth(keys["right"], "right") ?? false,
                why: fields.text(keys["why"], "why"), misconception: misconception(keys["misconception"]))
        }
        if options.count < 2 { fields.fault(node, "there are two options at least") }
        if !options.contains(where: \.isRight) { fields.fault(node, "no option is right: yes") }
        if options.allSatisfy(\.isRight) { fields.fault(node, "every option is right, so there is nothing to choose") }
        return .options(options)
    }

    private mutating func statements(_ node: Node?) -> Question.Kind? {
        guard let items = items(node, "statements") else { return nil }
        let statements = items.compactMap { item -> Question.Statement? in
            guard
                let keys = fields.fields(
                    of: item, "a statement", required: ["text", "true", "why"], optional: ["misconception"])
            else { return nil }
            return Question.Statement(
                text: fields.text(keys["text"], "text"), isTrue: fields.truth(keys["true"], "true") ?? false,
                why: fields.text(keys["why"], "why"), misconception: misconception(keys["misconception"]))
        }
        if !statements.contains(where: \.isTrue) || statements.allSatisfy(\.isTrue) {
            fields.fault(node, "true and false statements, one of each at least, are needed")
        }
        return .statements(statements)
    }

    private mutating func measure(_ node: Node?, _ tolerance: Node?) -> Question.Kind? {
        let text = fields.text(node, "measure")
        var part = 0.2
        if let tolerance {
            let said = fields.text(tolerance, "tolerance")
            if said.hasSuffix("%"), let number = Double(said.dropLast()) {
                part = number / 100
            } else {
                fields.fault(tolerance, "the tolerance of a measure is a percentage, such as 20%")
            }
        }
        do {
            return .measure(try AssertionParser.number(text), tolerance: part)
        } catch {
            fields.fault(node, "character \(error.column): \(error.what)")
            return nil
        }
    }

    private mutating func wrong(_ node: Node?) -> [Question.Wrong] {
        guard let node, let items = items(node, "wrong") else { return [] }
        return items.compactMap { item in
            guard
                let keys = fields.fields(
                    of: item, "a wrong answer", required: ["answer", "why"], optional: ["misconception"])
            else { return nil }
            return Question.Wrong(
                answer: fields.text(keys["answer"], "answer"), why: fields.text(keys["why"], "why"),
                misconception: misconception(keys["misconception"]))
        }
    }

    private mutating func misconception(_ node: Node?) -> String? {
        node == nil ? nil : fields.text(node, "misconception")
    }

    private mutating func items(_ node: Node?, _ what: String) -> [Node]? {
        guard case .sequence(let sequence)? = node else {
            fields.fault(node, "\(what) must be a list")
            return nil
        }
        return Array(sequence)
    }
}
