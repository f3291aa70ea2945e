import Foundation
import Wire

/// ast-grep, a program of its own: <https://ast-grep.github.io>.
package struct AstGrep: SourceEngine {
    package let name = "ast-grep"
    package let version: String
    package let path: String
    private let environment: [String: String]

    /// How long one call may take.
    package static let limit = Duration.seconds(60)

    /// Finds it, and asks it for its version.
    ///
    /// - Parameters:
    ///   - path: Where it is; nil: where `WS101_AST_GREP` says, or on the search path.
    ///   - environment: Of this program. The engine is given no more of it than where programs are.
    package init(_ path: String? = nil, environment: [String: String]) throws(SourceEngineError) {
        let search = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        self.environment = ["PATH": search, "HOME": "/", "LANG": "C.UTF-8"]
        let named = path ?? environment["WS101_AST_GREP"].flatMap { $0.isEmpty ? nil : $0 }
        self.path = try Self.find(named, search)
        version = try Self.version(of: self.path, self.environment)
    }

    /// On some systems `sg`, its other name, is the program that changes one's group: only the long name will do.
    private static func find(_ named: String?, _ search: String) throws(SourceEngineError) -> String {
        let files = FileManager.default
        if let named {
            let absolute = URL(fileURLWithPath: named).path
            guard files.isExecutableFile(atPath: absolute) else { throw .missing(SafeText.escape(named)) }
            return absolute
        }
        let places = search.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/ast-grep" }
        guard let found = places.first(where: { files.isExecutableFile(atPath: $0) }) else { throw .missing(nil) }
        return found
    }

    private static func version(
        of path: String, _ environment: [String: String]
    ) throws(SourceEngineError) -> String {
        let answer = try call(path, ["--version"], environment)
        let line = String(decoding: answer.output.prefix(while: { $0 != 0x0a }), as: UTF8.self)
        guard answer.status == 0, line.hasPrefix("ast-grep ") else {
            throw .notTheEngine(path: SafeText.escape(path), answer: SafeText.escape(String(line.prefix(80))))
        }
        return SafeText.escape(String(line.dropFirst(9).prefix(40)))
    }

    package func run(_ patterns: String, on files: [String]) throws(SourceEngineError) -> [SourceMatch] {
        var matches: [SourceMatch] = []
        for batch in Self.batches(of: files) {
            let words = ["scan", "--inline-rules", patterns, "--json=stream", "--"] + batch
            let ended = try Self.call(path, words, environment)
            // 1 would only mean that a pattern of severity error matched; ours have none.
            guard ended.status == 0 else {
                throw .failed(Self.reason(ended.complaints))
            }
            matches += try AstGrepOutput.matches(ended.output)
        }
        return matches
    }

    private static func reason(_ complaints: [UInt8]) -> String {
        let lines = String(decoding: complaints.prefix(2000), as: UTF8.self).split(separator: "\n")
        let text = SafeText.escape(String(lines.joined(separator: " ").prefix(300)))
        return text.isEmpty ? "it gave no reason" : text
    }

    /// A command line has a limit, and so has the memory for what one call prints.
    private static func batches(of files: [String]) -> [[String]] {
        var batches: [[String]] = []
        var room = 0
        for file in files {
            if room < file.utf8.count || (batches.last?.count ?? 0) >= 200 {
                batches.append([])
                room = 1 << 17
            }
            batches[batches.count - 1].append(file)
            room -= file.utf8.count + 1
        }
        return batches
    }

    private static func call(
        _ path: String, _ words: [String], _ environment: [String: String]
    ) throws(SourceEngineError) -> ChildProgram.Ended {
        let program = ChildProgram(path: path, arguments: words, environment: environment, limit: limit)
        do throws(ChildProgram.Mishap) {
            return try program.run()
        } catch {
            switch error {
            case .cannotStart: throw .missing(SafeText.escape(path))
            case .tooSlow: throw .tooSlow(limit)
            }
        }
    }
}
