import Foundation

/// What `ast-grep scan --json=stream` prints: a JSON object a line.
package enum AstGrepOutput {
    package static func matches(_ output: [UInt8]) throws(SourceEngineError) -> [SourceMatch] {
        let decoder = JSONDecoder()
        var matches: [SourceMatch] = []
        for line in output.split(separator: 0x0a) {
            guard let entry = try? decoder.decode(Entry.self, from: Data(line)) else {
                throw .failed("what it printed is not understood; version 0.51 is")
            }
            matches.append(entry.match)
        }
        return matches
    }

    private struct Entry: Decodable {
        struct Node: Decodable {
            let text: String
            let range: Position

            var variable: SourceMatch.Variable { SourceMatch.Variable(text: text, bytes: range.bytes) }
        }

        struct Position: Decodable {
            struct Bytes: Decodable {
                let start: Int
                let end: Int
            }

            let byteOffset: Bytes

            var bytes: Range<Int> { byteOffset.start..<max(byteOffset.start, byteOffset.end) }
        }

        struct Variables: Decodable {
            let single: [String: Node]
            let multi: [String: [Node]]
        }

        let text: String
        let range: Position
        let file: String
        let ruleId: String
        let message: String?
        let metaVariables: Variables?

        var match: SourceMatch {
            var variables = (metaVariables?.single ?? [:]).mapValues { [$0.variable] }
            for (name, nodes) in metaVariables?.multi ?? [:] where variables[name] == nil {
                // A wildcard for several nodes takes the commas between them, too.
                variables[name] = nodes.filter { $0.text != "," }.map(\.variable)
            }
            return SourceMatch(
                pattern: ruleId, file: file, bytes: range.bytes, text: text, message: message ?? "",
                variables: variables)
        }
    }
}
