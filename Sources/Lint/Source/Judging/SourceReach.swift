/// A function that runs when something happens to a connection, and what it calls.
struct SourceHandler {
    /// A stretch of code that may run when the event comes.
    struct Stretch {
        let part: SourceProgram.Part
        let bytes: Range<Int>
        /// Whether an error that it throws is caught by whoever called it.
        let isGuarded: Bool
        /// Names of values that come with the event, or may.
        let given: Set<String>
    }

    /// "message", "connection", "close", "upgrade".
    let event: String
    /// What the event happens to, as it is written.
    let receiver: String
    let part: SourceProgram.Part
    /// All that may run, the handler itself first; at most 64 stretches.
    let reach: [Stretch]

    static func handlers(of events: Set<String>, in program: SourceProgram) -> [SourceHandler] {
        let functions = SourceFunctions(program)
        return program.all("handler").compactMap { part, match in
            guard let event = event(of: match), events.contains(event), let function = match["FUNCTION"],
                let start = functions.start(function, in: part)
            else { return nil }
            let message = match["MESSAGE"].map { SourceText.names(in: $0.text) } ?? []
            return SourceHandler(
                event: event, receiver: match["RECEIVER"]?.text ?? "", part: part,
                reach: functions.reach(from: start, message))
        }
    }

    /// `"message"`, or `onmessage`.
    private static func event(of match: SourceMatch) -> String? {
        guard let text = match["EVENT"]?.text else { return match.variables["FUNCTION"] == nil ? nil : "message" }
        let name = text.filter { !"\"'`".contains($0) }
        return name.hasPrefix("on") ? String(name.dropFirst(2)) : name
    }
}

/// The functions of a program by their names.
struct SourceFunctions {
    private var named: [String: [(part: SourceProgram.Part, bytes: Range<Int>)]] = [:]

    init(_ program: SourceProgram) {
        for (part, match) in program.all("function") {
            guard let name = match["NAME"]?.text else { continue }
            named[name.filter { $0 != "#" }, default: []].append((part, match.bytes))
        }
    }

    /// Where a handler begins: the function itself, or the one that is named.
    func start(
        _ function: SourceMatch.Variable, in part: SourceProgram.Part
    ) -> (part: SourceProgram.Part, bytes: Range<Int>)? {
        let isName = function.text.utf8.allSatisfy { $0.isAlphanumeric || [0x2e, 0x5f, 0x24, 0x23].contains($0) }
        if !isName, !function.text.contains(".bind(") { return (part, function.bytes) }
        let name = function.text.replacing(/\.bind\(.*/, with: "").split(separator: ".").last.map(String.init) ?? ""
        return lookUp(name, from: part)
    }

    private func lookUp(
        _ name: String, from part: SourceProgram.Part
    ) -> (part: SourceProgram.Part, bytes: Range<Int>)? {
        guard let found = named[name.filter { $0 != "#" }] else { return nil }
        return found.first { $0.part === part } ?? (found.count == 1 ? found[0] : nil)
    }

    /// All that may run, breadth first.
    func reach(
        from start: (part: SourceProgram.Part, bytes: Range<Int>), _ message: Set<String> = []
    ) -> [SourceHandler.Stretch] {
        var stretches = [stretch(start.part, start.bytes, isGuarded: false, message)]
        var index = 0
        while index < stretches.count, stretches.count < 64 {
            for next in called(from: stretches[index])
            where !stretches.contains(where: { $0.part === next.part && $0.bytes == next.bytes }) {
                stretches.append(next)
            }
            index += 1
        }
        return stretches
    }

    private func called(from stretch: SourceHandler.Stretch) -> [SourceHandler.Stretch] {
        SourceText.calls(in: stretch.part.file.text, stretch.bytes).compactMap { call in
            guard named[call.name] != nil, let target = lookUp(call.name, from: stretch.part),
                !(target.part === stretch.part && stretch.bytes.contains(target.bytes.lowerBound))
            else { return nil }
            let isGuarded = stretch.isGuarded || stretch.isGuarded(call.offset)
            return self.stretch(target.part, target.bytes, isGuarded: isGuarded, [])
        }
    }

    private func stretch(
        _ part: SourceProgram.Part, _ bytes: Range<Int>, isGuarded: Bool, _ message: Set<String>
    ) -> SourceHandler.Stretch {
        var given = message.union(SourceText.parameters(of: part.file.string(bytes)))
        let derived = part.facts("derived", in: bytes)
        // A value that is made of one that came is one that came; a few rounds find what is made of that.
        for _ in 0..<3 {
            for match in derived {
                guard let name = match["NAME"]?.text, let value = match["VALUE"]?.text else { continue }
                let names = SourceText.names(in: value)
                if !names.isDisjoint(with: given) || value.contains(".recv(") {
                    given.formUnion(SourceText.names(in: name))
                }
            }
        }
        return SourceHandler.Stretch(part: part, bytes: bytes, isGuarded: isGuarded, given: given)
    }
}

extension SourceHandler.Stretch {
    /// Whether an error at this place is caught within the stretch, or, where the stretch is a loop, around it.
    func isGuarded(_ offset: Int) -> Bool {
        let around = part["function"].map(\.bytes).filter { $0.contains(offset) && $0.contains(bytes.lowerBound) }
        let function = part.file.language == .python ? around.min { $0.count < $1.count } : nil
        return part.facts("guard", in: function ?? bytes).contains { $0["BODY"]?.bytes.contains(offset) ?? false }
    }

    /// Whether an expression is made of something that came with the event.
    func isGiven(_ expression: String) -> Bool { !SourceText.names(in: expression).isDisjoint(with: given) }

    func facts(_ name: String) -> [SourceMatch] { part.facts(name, in: bytes) }
}
