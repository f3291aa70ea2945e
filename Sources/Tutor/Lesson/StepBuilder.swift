import Wire
import Yams

/// Puts a step together from the blocks of its text.
struct StepBuilder {
    /// The fenced blocks that mean something.
    static let words = ["step", "predict", "question", "recall", "hints", "bytes", "lab"]

    private let file: String
    private let title: String
    private let id: String
    private let line: Int
    private var items: [LessonItem] = []
    private var hints: [String] = []
    private var facts = Facts()
    private var hasFacts = false
    private(set) var faults: [LessonFault] = []

    private struct Facts {
        var learned = ""
        var outline: [String] = []
        var misconceptions: [String] = []
        var concepts: [String] = []
        var references: [String] = []
        var proofs: [Located<String>] = []
    }

    /// - Parameter heading: `Title {#id}`.
    init(file: String, _ heading: String, line: Int) {
        self.file = file
        self.line = line
        if let start = heading.firstRange(of: "{#"), heading.hasSuffix("}") {
            title = String(heading[..<start.lowerBound]).trimmed
            id = String(heading[start.upperBound...].dropLast())
        } else {
            title = heading
            id = ""
            faults.append(LessonFault(file: file, line: line, "the step has no id: ## Title {#prefix-word}"))
        }
    }

    mutating func add(_ block: TextBlock, line: Int) {
        guard case .code(let word, let text) = block, StepBuilder.words.contains(word) else {
            items.append(.text(block))
            return
        }
        switch word {
        case "step": addFacts(text, line)
        case "hints": addHints(text, line)
        case "bytes": addBytes(text, line)
        case "lab":
            var reader = LabReader(file: file, offset: line)
            if let lab = reader.lab(text) { items.append(.lab(lab)) }
            faults += reader.fields.faults
        default:
            var reader = QuestionReader(file: file, offset: line)
            let role: Question.Role = word == "predict" ? .predict : word == "recall" ? .recall : .question
            if let question = reader.question(text, role) { items.append(.question(question)) }
            faults += reader.fields.faults
        }
    }

    mutating func step() -> LessonStep {
        if !hasFacts { faults.append(LessonFault(file: file, line: line, "the step has no ```step block")) }
        return LessonStep(
            id: id, title: title, items: items, hints: hints, learned: facts.learned, outline: facts.outline,
            misconceptions: facts.misconceptions, concepts: facts.concepts, references: facts.references,
            proofs: facts.proofs, line: line)
    }

    private mutating func addFacts(_ text: String, _ line: Int) {
        if hasFacts { faults.append(LessonFault(file: file, line: line, "the step has a ```step block already")) }
        hasFacts = true
        var fields = FieldReader(file: file, offset: line)
        defer { faults += fields.faults }
        guard let root = fields.root(text),
            let keys = fields.fields(
                of: root, "a step", required: ["learned"],
                optional: ["outline", "misconceptions", "concepts", "refs", "proof"])
        else { return }
        facts.learned = fields.text(keys["learned"], "learned")
        facts.outline = fields.texts(keys["outline"], "outline")
        facts.misconceptions = fields.texts(keys["misconceptions"], "misconceptions")
        facts.concepts = fields.texts(keys["concepts"], "concepts")
        facts.references = fields.texts(keys["refs"], "refs")
        if case .sequence(let proofs)? = keys["proof"] {
            facts.proofs = proofs.map { Located(value: fields.text($0, "a proof"), line: fields.line($0)) }
        } else if let proof = keys["proof"] {
            fields.fault(proof, "proof must be a list")
        }
    }

    private mutating func addHints(_ text: String, _ line: Int) {
        if !hints.isEmpty { faults.append(LessonFault(file: file, line: line, "the step has hints already")) }
        var fields = FieldReader(file: file, offset: line)
        if let root = fields.root(text) { hints = fields.texts(root, "hints") }
        if hints.count != 3 { fields.fault(nil, "there are three hints: a nudge, the rule, the worked step") }
        faults += fields.faults
    }

    private mutating func addBytes(_ text: String, _ line: Int) {
        var reader = BytesReader(file: file, offset: line)
        if let example = reader.example(text) { items.append(.bytes(example)) }
        faults += reader.fields.faults
    }
}
