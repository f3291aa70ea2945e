/// M01, M02: how large a message is accepted, and in how many pieces.
struct LimitJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let limits = SourceServer.all(in: program)
        for server in limits {
            switch server.library {
            case .ws: ws(server, program, &report)
            case .websockets: option("max_size", of: server, program, &report)
            case .nio: option("maxFrameSize", of: server, program, &report)
            case .gorilla: gorilla(server, program, &report)
            case .urlSession, .browser: break
            }
        }
        for (part, match) in program.all("limit") {
            guard let value = match["VALUE"], let name = match["KEY"] else { continue }
            let option = SourceOptions.Option(text: value.text, bytes: match.bytes, part: part)
            judge(name.text, option, program, &report)
        }
        fragments(program, &report)
    }

    private func ws(_ server: SourceServer, _ program: SourceProgram, _ report: inout SourceReport) {
        if let limit = server.options["maxPayload"] { return judge("maxPayload", limit, program, &report) }
        // A client chooses its server, and most send it little.
        guard server.role == .server else { return }
        guard !server.options.isOpen else { return report.skip("M01", "options that are not in sight") }
        report.add(
            "M01", "no maxPayload: ws accepts messages of up to 100 MiB", at: server.bytes, in: server.part,
            severity: severity(104_857_600, report))
    }

    private func gorilla(_ server: SourceServer, _ program: SourceProgram, _ report: inout SourceReport) {
        guard server.role == .server else { return }
        report.look(at: "M01")
        guard !program.has("limit") else { return }
        report.add(
            "M01", "no SetReadLimit in this package: a message may be of any size", at: server.bytes,
            in: server.part, severity: .error)
    }

    /// Of a library that has a good limit unless it is told otherwise.
    private func option(
        _ name: String, of server: SourceServer, _ program: SourceProgram, _ report: inout SourceReport
    ) {
        report.look(at: "M01")
        if let limit = server.options[name] { judge(name, limit, program, &report) }
    }

    /// 0 and None are no limit; of what only a run shows, nothing is said.
    private func judge(
        _ name: String, _ limit: SourceOptions.Option, _ program: SourceProgram, _ report: inout SourceReport
    ) {
        report.look(at: "M01")
        let value = limit.text == "None" ? 0 : program.constants.value(of: limit.text)
        guard let value, value <= 0 || value > report.threshold("M01", "warn", 1_048_576) else { return }
        let isNone = value <= 0 || value > 1e12
        let size = isNone ? "of any size" : "of up to \(Words.bytes(Int(value)))"
        let what = name == "maxFrameSize" ? "frames" : "messages"
        report.add(
            "M01", "\(name) lets in \(what) \(size)", at: limit.bytes, in: limit.part,
            severity: isNone ? .error : severity(value, report))
    }

    private func severity(_ bytes: Double, _ report: SourceReport) -> Severity {
        bytes >= report.threshold("M01", "fail", 16_777_216) ? .error : .warning
    }

    private func fragments(_ program: SourceProgram, _ report: inout SourceReport) {
        for server in SourceServer.all(in: program) where server.library == .ws {
            for name in ["maxFragments", "maxBufferedChunks"] {
                guard let limit = server.options[name] else { continue }
                fragments(name, limit, program, &report)
            }
        }
        for (part, match) in program.all("fragments") {
            guard let value = match["VALUE"], let name = match["KEY"] else { continue }
            let option = SourceOptions.Option(text: value.text, bytes: match.bytes, part: part)
            fragments(name.text, option, program, &report)
        }
    }

    private func fragments(
        _ name: String, _ limit: SourceOptions.Option, _ program: SourceProgram, _ report: inout SourceReport
    ) {
        report.look(at: "M02")
        guard let value = program.constants.value(of: limit.text), value <= 0 || value > 1e6 else { return }
        report.add(
            "M02", "\(name) lets a message come in any number of fragments", at: limit.bytes, in: limit.part)
    }
}
