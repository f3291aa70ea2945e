import Wire
import Yams

/// Reads the YAML of a lesson: front matter and fenced blocks. What is wrong is collected, with its place in the file,
/// so that an author sees all of it at once.
struct FieldReader {
    let file: String
    /// How many lines of the file come before the YAML.
    let offset: Int
    private(set) var faults: [LessonFault] = []

    init(file: String, offset: Int) {
        self.file = file
        self.offset = offset
    }

    mutating func fault(_ node: Node?, _ what: String) {
        let mark = node?.mark
        faults.append(
            LessonFault(file: file, line: (mark?.line ?? 1) + offset, column: mark?.column ?? 1, what))
    }

    /// The document, which must be a mapping or, with `isList`, a list; nil where it is neither.
    mutating func root(_ text: String, isList: Bool = false) -> Node? {
        do {
            guard let node = try compose(yaml: text) else {
                fault(nil, "there is nothing here")
                return nil
            }
            return node
        } catch let error as YamlError {
            fault(error)
        } catch {
            fault(nil, "this cannot be read as YAML")
        }
        return nil
    }

    private mutating func fault(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let what = "this is no YAML: \(SafeText.escape(problem)); a text with \": \" in it needs quotes"
            faults.append(LessonFault(file: file, line: mark.line + offset, column: mark.column, what))
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { SafeText.escape($0) }.joined(separator: ", ")
            faults.append(
                LessonFault(
                    file: file, line: context.mark.line + offset, column: context.mark.column,
                    "there is more than one \(names) here"))
        case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            fault(nil, "this cannot be read as YAML")
        }
    }

    /// A mapping's values by key. Other keys than those, and missing ones of `required`, are faults.
    mutating func fields(
        of node: Node, _ what: String, required: [String], optional: [String] = []
    ) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            let keys = (required + optional).joined(separator: ", ")
            fault(node, "\(what) must be written as KEY: VALUE; keys are \(keys)")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            if required.contains(name) || optional.contains(name) {
                fields[name] = value
            } else {
                let keys = (required + optional).joined(separator: ", ")
                fault(key, "\(what) has no key \"\(SafeText.escape(name))\"; keys are \(keys)")
            }
        }
        for name in required where fields[name] == nil { fault(node, "\(what) lacks the key \"\(name)\"") }
        return fields
    }

    mutating func text(_ node: Node?, _ what: String) -> String {
        guard let node else { return "" }
        guard case .scalar(let scalar) = node, !scalar.string.trimmed.isEmpty else {
            fault(node, "\(what) must be text")
            return ""
        }
        return scalar.string.trimmed
    }

    mutating func texts(_ node: Node?, _ what: String) -> [String] {
        guard let node else { return [] }
        guard case .sequence(let sequence) = node else {
            fault(node, "\(what) must be a list")
            return []
        }
        return sequence.map { text($0, "each of \(what)") }
    }

    /// A block of lines: a text with line breaks. Empty lines inside count.
    mutating func lines(_ node: Node?, _ what: String) -> [String] {
        guard let node else { return [] }
        guard case .scalar(let scalar) = node else {
            fault(node, "\(what) must be lines: begin with | and put each on a line of its own")
            return []
        }
        var lines = scalar.string.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    mutating func number(_ node: Node?, _ what: String) -> Double? {
        guard let node else { return nil }
        let text = text(node, what)
        guard let number = Figure.parse(text) else {
            fault(node, "\(what) must be a number, not \"\(SafeText.escape(text))\"")
            return nil
        }
        return number
    }

    mutating func truth(_ node: Node?, _ what: String) -> Bool? {
        guard let node else { return nil }
        switch text(node, what).lowercased() {
        case "yes", "true": return true
        case "no", "false": return false
        default:
            fault(node, "\(what) must be yes or no")
            return nil
        }
    }

    /// A list of names and values, in the author's order.
    mutating func switches(_ node: Node?, _ what: String) -> [LabSwitch] {
        guard let node else { return [] }
        guard case .mapping(let mapping) = node else {
            fault(node, "\(what) must be written as {NAME: VALUE}")
            return []
        }
        return mapping.map { key, value in
            let line = (key.mark?.line ?? 1) + offset
            let text: String
            if case .sequence(let values) = value {
                text = values.map { self.text($0, what) }.joined(separator: ",")
            } else {
                text = self.text(value, what)
            }
            return LabSwitch(name: key.string ?? "", value: text, line: line)
        }
    }

    func line(_ node: Node?) -> Int { (node?.mark?.line ?? 1) + offset }
}
