/// D01, L04, S10, Z01: what a program does with a message.
struct MessageJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        guard !Library.used(by: program).isEmpty else { return }
        addresses(program, &report)
        var seen: Set<Place> = []
        for handler in SourceHandler.handlers(of: ["message", "connection"], in: program)
        where Socket.isOne(handler.receiver) || handler.event == "connection" {
            for (index, stretch) in handler.reach.enumerated() {
                blocking(stretch, &seen, &report)
                guard handler.event == "message" else { continue }
                parsing(stretch, isHandler: index == 0, &seen, &report)
                sinks(stretch, &seen, &report)
                inflating(stretch, &seen, &report)
            }
        }
    }

    /// Where a client connects to what the address bar says.
    private func addresses(_ program: SourceProgram, _ report: inout SourceReport) {
        for client in SourceServer.all(in: program) where client.role == .client && client.part.file.language.isScript {
            report.look(at: "S10")
            guard let address = client.address, let source = Self.source(of: address, in: client.part) else { continue }
            report.add(
                "S10", "\(source) decides where to connect: a link chooses the server that the page trusts",
                at: client.bytes, in: client.part)
        }
    }

    /// - Returns: What of the address bar an expression is made of, itself or through the variables in it.
    private static func source(of expression: String, in part: SourceProgram.Part) -> String? {
        var texts = [expression]
        for _ in 0..<3 {
            for text in texts {
                if let match = text.firstMatch(
                    of: /location\.(?:hash|search|href)|document\.(?:referrer|URL)|window\.name/)
                {
                    return String(match.output)
                }
            }
            let names = texts.reduce(into: Set<String>()) { $0.formUnion(SourceText.names(in: $1)) }
            texts = part["derived"].compactMap { match in
                names.contains(match["NAME"]?.text ?? "") ? match["VALUE"]?.text : nil
            }
        }
        return nil
    }

    /// One place is told once, however many handlers come by.
    private struct Place: Hashable {
        let rule: RuleCode
        let file: String
        let offset: Int
    }

    private func isNew(
        _ rule: RuleCode, _ match: SourceMatch, _ part: SourceProgram.Part, _ seen: inout Set<Place>
    ) -> Bool {
        seen.insert(Place(rule: rule, file: part.file.name, offset: match.bytes.lowerBound)).inserted
    }

    private func parsing(
        _ stretch: SourceHandler.Stretch, isHandler: Bool, _ seen: inout Set<Place>, _ report: inout SourceReport
    ) {
        for match in stretch.facts("parse") where stretch.isGiven(match.text) {
            report.look(at: "D01")
            guard !stretch.isGuarded, !stretch.isGuarded(match.bytes.lowerBound),
                isNew("D01", match, stretch.part, &seen)
            else { continue }
            let harm =
                stretch.part.file.language == .python
                ? "a message that is no JSON ends the connection with 1011"
                : "a message that is no JSON throws, and nothing catches it: in Node the process ends"
            report.add("D01", harm, at: match.bytes, in: stretch.part, severity: .error)
        }
    }

    private func blocking(
        _ stretch: SourceHandler.Stretch, _ seen: inout Set<Place>, _ report: inout SourceReport
    ) {
        report.look(at: "L04")
        for match in stretch.facts("blocking") where isNew("L04", match, stretch.part, &seen) {
            let head = match.text.prefix { $0 != "(" && $0 != "{" }
            let callee = head.trimming()
            let what =
                callee.hasPrefix("while") || callee.hasPrefix("for") || callee.hasPrefix("do")
                ? "a loop that waits for the clock" : "\(callee)()"
            report.add(
                "L04", "\(what) while a message is handled: no other connection is served meanwhile, no Ping answered",
                at: match.bytes, in: stretch.part)
        }
    }

    private static func isCleaned(_ value: String) -> Bool {
        let lower = value.lowercased()
        return ["sanitize", "purify", "escape", "encodeuri"].contains { lower.contains($0) }
    }

    private func sinks(_ stretch: SourceHandler.Stretch, _ seen: inout Set<Place>, _ report: inout SourceReport) {
        for match in stretch.facts("sink") {
            guard let sink = match["SINK"]?.text, let value = match["VALUE"]?.text else { continue }
            report.look(at: "S10")
            guard stretch.isGiven(value), !Self.isCleaned(value),
                isNew("S10", match, stretch.part, &seen)
            else { continue }
            report.add(
                "S10", "what a message says goes into \(sink): whoever writes the message writes the program",
                at: match.bytes, in: stretch.part)
        }
    }

    private func inflating(
        _ stretch: SourceHandler.Stretch, _ seen: inout Set<Place>, _ report: inout SourceReport
    ) {
        for match in stretch.facts("inflate") where stretch.isGiven(match.text) {
            report.look(at: "Z01")
            let isBounded = ["maxOutputLength", "max_length", "max_output"].contains { match.text.contains($0) }
            guard !isBounded, isNew("Z01", match, stretch.part, &seen) else { continue }
            report.add(
                "Z01", "a message is inflated without a limit: 17 KiB can become 16 MiB", at: match.bytes,
                in: stretch.part)
        }
    }
}

/// What a WebSocket connection is called in code.
enum Socket {
    /// Whether messages of it come from a peer: not those of another process or thread, or of a broker.
    static func isOne(_ receiver: String) -> Bool {
        guard let last = receiver.split(separator: ".").last else { return false }
        let words = SourceText.words(of: last)
        return words.isEmpty || foreign.isDisjoint(with: words)
    }

    private static let foreign: Set<String> = [
        "process", "worker", "port", "child", "sub", "subscriber", "redis", "consumer", "channel", "cluster", "bot",
        "window", "parent", "self", "frame", "iframe", "broadcast", "queue", "nats", "mqtt", "amqp", "kafka",
    ]
}
