/// L07: how a client comes back.
struct ReconnectJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        guard !Library.used(by: program).isEmpty else { return }
        handlers(program, &report)
        for (part, match) in program.all("retry") {
            report.look(at: "L07")
            guard let delay = match["DELAY"], let value = program.constants.value(of: delay.text) else { continue }
            report.add("L07", Self.words(value), at: delay.bytes, in: part)
        }
    }

    /// What happens when a connection is closed.
    private func handlers(_ program: SourceProgram, _ report: inout SourceReport) {
        let functions = SourceFunctions(program)
        let makers = makers(program)
        for handler in SourceHandler.handlers(of: ["close", "error"], in: program) {
            guard let stretch = handler.reach.first else { continue }
            let timers = stretch.facts("timer").filter { $0["TIMER"]?.text.hasSuffix("setTimeout") ?? false }
            for timer in timers {
                guard let function = timer["FUNCTION"], leadsBack(function, functions, stretch.part, makers) else {
                    continue
                }
                report.look(at: "L07")
                guard let delay = timer["DELAY"], let value = program.constants.value(of: delay.text) else { continue }
                report.add("L07", Self.words(value / 1000), at: timer.bytes, in: stretch.part)
            }
            let direct = SourceText.calls(in: stretch.part.file.text, stretch.bytes).first { call in
                makers.contains(call.name) && !timers.contains { $0.bytes.contains(call.offset) }
                    && !stretch.part.facts("timer", in: stretch.bytes).contains { $0.bytes.contains(call.offset) }
            }
            if let direct {
                report.add(
                    "L07",
                    "\(direct.name)() at once when the connection closes: a server that is down is never left alone",
                    at: direct.offset..<(direct.offset + direct.name.utf8.count), in: stretch.part)
            }
        }
    }

    private static func words(_ seconds: Double) -> String {
        "comes back every \(Words.duration(Int64(seconds * 1e9))), all clients at the same time, however long the "
            + "server is down"
    }

    /// The functions in which a client is made.
    private func makers(_ program: SourceProgram) -> Set<String> {
        let clients = SourceServer.all(in: program).filter { $0.role == .client }
        var names: Set<String> = []
        for (part, match) in program.all("function") {
            guard let name = match["NAME"]?.text else { continue }
            let makes = clients.contains { $0.part === part && match.bytes.contains($0.bytes.lowerBound) }
            if makes { names.insert(name) }
        }
        return names.subtracting(["constructor"])
    }

    private func leadsBack(
        _ function: SourceMatch.Variable, _ functions: SourceFunctions, _ part: SourceProgram.Part,
        _ makers: Set<String>
    ) -> Bool {
        !SourceText.names(in: function.text).isDisjoint(with: makers)
            || functions.start(function, in: part).map { start in
                functions.reach(from: start).contains { stretch in
                    !SourceText.names(in: stretch.part.file.string(stretch.bytes)).isDisjoint(with: makers)
                }
            } ?? false
    }
}
