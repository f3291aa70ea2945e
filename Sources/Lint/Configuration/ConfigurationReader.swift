import Foundation
import Wire
import Yams

/// Reads `ws101.yml`. Whatever it does not know is an error, so that no setting is ever ignored silently.
package struct ConfigurationReader {
    let file: String
    private let lines: [Substring]

    /// More is no configuration.
    package static let sizeLimit = 1 << 18

    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - file: Its name, for messages and places.
    package static func read(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> Configuration {
        let lines = String(decoding: bytes.prefix(sizeLimit), as: UTF8.self)
            .split(omittingEmptySubsequences: false) { $0.isNewline }
        let reader = ConfigurationReader(file: SafeText.escape(file), lines: lines)
        switch try reader.root(bytes) {
        case nil: return Configuration()
        // A document that says nothing.
        case .scalar(let scalar) where scalar.string.isEmpty: return Configuration()
        case let root?: return try reader.configuration(root)
        }
    }

    private func root(_ bytes: [UInt8]) throws(ConfigurationError) -> Node? {
        guard bytes.count <= Self.sizeLimit else {
            throw error(1, 1, "the file has \(Words.bytes(bytes.count)), more than a configuration ever needs")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = bytes.prefix(Self.validCount(bytes)).count { $0 == 0x0a } + 1
            throw error(line, 1, "the file is not in UTF-8")
        }
        do {
            return try compose(yaml: text)
        } catch let fault as YamlError {
            throw error(fault)
        } catch {
            throw self.error(1, 1, "the file cannot be read as YAML")
        }
    }

    private static func validCount(_ bytes: [UInt8]) -> Int {
        var (low, high) = (0, bytes.count)
        while low < high {
            let middle = (low + high + 1) / 2
            var validator = UTF8Validator()
            if validator.validate(bytes.span.extracting(0..<middle)) { low = middle } else { high = middle - 1 }
        }
        return low
    }

    private func error(_ fault: YamlError) -> ConfigurationError {
        switch fault {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return error(mark.line, mark.column, "this is no YAML: \(SafeText.escape(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { SafeText.escape($0) }.joined(separator: ", ")
            return error(context.mark.line, context.mark.column, "there is more than one \(names) here")
        case .reader(let problem, let offset, _, let yaml):
            let before = yaml.prefix(offset ?? 0)
            let column = before.reversed().prefix { !$0.isNewline }.count + 1
            return error(
                before.count { $0.isNewline } + 1, column, "this cannot be read: \(SafeText.escape(problem))")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return error(1, 1, "the file cannot be read as YAML")
        }
    }

    func error(_ line: Int, _ column: Int, _ what: String, _ advice: String = "") -> ConfigurationError {
        ConfigurationError(file: file, line: line, column: column, what: what, advice: advice)
    }

    func error(_ node: Node, _ what: String, _ advice: String = "") -> ConfigurationError {
        error(node.mark?.line ?? 1, node.mark?.column ?? 1, what, advice)
    }
}

/// The values of YAML.
extension ConfigurationReader {
    /// A mapping's members in their order. Any other key than those is an error.
    func members(
        of node: Node, _ what: String, keys: [String]
    ) throws(ConfigurationError) -> [(key: Node, name: String, value: Node)] {
        guard case .mapping(let mapping) = node else {
            throw error(node, "\(what) must be a mapping", "keys: \(keys.joined(separator: ", "))")
        }
        var members: [(key: Node, name: String, value: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, keys.contains(scalar.string) else {
                throw unknown(key, keys)
            }
            members.append((key, scalar.string, value))
        }
        return members
    }

    private func unknown(_ key: Node, _ keys: [String]) -> ConfigurationError {
        guard case .scalar(let scalar) = key else { return error(key, "a key must be a word") }
        let hint = Closest.to(scalar.string, in: keys).map { "; did you mean \($0)?" } ?? ""
        return error(key, "unknown key \(shown(scalar.string))\(hint)", "keys here: \(keys.joined(separator: ", "))")
    }

    func items(of node: Node, _ what: String) throws(ConfigurationError) -> [Node] {
        guard case .sequence(let sequence) = node else { throw error(node, "\(what) must be a list") }
        return Array(sequence)
    }

    func text(_ node: Node, _ what: String) throws(ConfigurationError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw error(node, "\(what) must be text")
        }
        return scalar.string
    }

    func truth(_ node: Node, _ what: String) throws(ConfigurationError) -> Bool {
        switch try text(node, what) {
        case "true": return true
        case "false": return false
        case let other: throw error(node, "\(what) must be true or false, not \(shown(other))")
        }
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ node: Node, _ what: String, as type: Word.Type
    ) throws(ConfigurationError) -> Word where Word.RawValue == String {
        let text = try text(node, what)
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue)
            let hint = Closest.to(text, in: words).map { "; did you mean \($0)?" } ?? ""
            throw error(
                node, "\(what) cannot be \(shown(text))\(hint)", "allowed: \(words.joined(separator: ", "))")
        }
        return word
    }

    /// The line where it stands; safe text.
    func line(of node: Node) -> String {
        guard let mark = node.mark, lines.indices.contains(mark.line - 1) else { return "" }
        return SafeText.escape(String(lines[mark.line - 1].prefix(200)))
    }

    func shown(_ text: String) -> String { SafeText.escape(String(text.prefix(60))) }
}
