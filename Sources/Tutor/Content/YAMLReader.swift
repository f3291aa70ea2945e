import Wire
import Yams

/// Reads YAML with the line and column of everything.
package enum YAMLReader {
    /// More is no content.
    package static let sizeLimit = 1 << 22

    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - file: Its name, for messages.
    package static func read(_ bytes: [UInt8], file: String) throws(ContentError) -> Tree {
        let file = SafeText.escape(file)
        guard bytes.count <= sizeLimit else {
            throw ContentError(file: file, at: .none, "the file is larger than \(sizeLimit >> 20) MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ContentError(file: file, at: firstInvalid(bytes), "the file is not in UTF-8")
        }
        do {
            guard let root = try compose(yaml: text) else {
                throw ContentError(file: file, at: .none, "the file is empty")
            }
            return try tree(root, file)
        } catch let error as ContentError {
            throw error
        } catch let error as YamlError {
            throw contentError(error, file)
        } catch {
            throw ContentError(file: file, at: .none, "the file cannot be read as YAML")
        }
    }

    private static func tree(_ node: Node, _ file: String) throws(ContentError) -> Tree {
        let place = place(node)
        switch node {
        case .scalar(let scalar): return .scalar(scalar.string, place)
        case .sequence(let sequence):
            var values: [Tree] = []
            for value in sequence { values.append(try tree(value, file)) }
            return .list(values, place)
        case .mapping(let mapping):
            var entries: [Tree.Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    throw ContentError(file: file, at: Self.place(key), "a key must be a word")
                }
                entries.append(
                    Tree.Entry(key: scalar.string, keyPlace: Self.place(key), value: try tree(value, file)))
            }
            return .map(entries, place)
        case .alias: throw ContentError(file: file, at: place, "an alias is not allowed here")
        }
    }

    private static func place(_ node: Node) -> Tree.Place {
        Tree.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Tree.Place {
        var line = 1
        for part in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
            let isValid = Array(part).withUnsafeBytes { raw in
                var validator = UTF8Validator()
                return validator.validate(raw) && validator.isComplete
            }
            if !isValid { return Tree.Place(line: line, column: 1) }
            line += 1
        }
        return Tree.Place(line: 1, column: 1)
    }

    private static func contentError(_ fault: YamlError, _ file: String) -> ContentError {
        switch fault {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ContentError(
                file: file, at: Tree.Place(line: mark.line, column: mark.column),
                "this is no YAML: \(SafeText.escape(problem))")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { SafeText.escape($0) }.joined(separator: ", ")
            return ContentError(
                file: file, at: Tree.Place(line: context.mark.line, column: context.mark.column),
                "there is more than one \(names) here")
        case .reader, .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return ContentError(file: file, at: .none, "the file cannot be read as YAML")
        }
    }
}
