/// L01, L06: whether somebody pings, and whether the times fit.
struct HeartbeatJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let beats = program.has("ping")
        for server in SourceServer.all(in: program) {
            switch server.library {
            case .ws, .gorilla, .nio:
                guard server.role == .server else { continue }
                report.look(at: "L01")
                guard !beats else { continue }
                report.add(
                    "L01", "no Ping is sent anywhere here, and \(server.library.title) sends none by itself",
                    at: server.bytes, in: server.part)
            case .websockets: python(server, beats, &report)
            case .urlSession, .browser: break
            }
        }
        for (part, match) in program.all("task") {
            report.look(at: "L01")
            guard !beats else { continue }
            report.add(
                "L01", "no sendPing anywhere here: a connection that is lost in silence looks open", at: match.bytes,
                in: part)
        }
        for time in HeartbeatTimes.all(in: program) { judge(time, &report) }
    }

    private func python(_ server: SourceServer, _ beats: Bool, _ report: inout SourceReport) {
        report.look(at: "L01")
        guard let interval = server.options["ping_interval"], interval.text == "None", !beats else { return }
        report.add(
            "L01", "ping_interval=None turns the heartbeat off, and nothing else here pings", at: interval.bytes,
            in: interval.part)
    }

    private func judge(_ time: HeartbeatTimes, _ report: inout SourceReport) {
        report.look(at: "L06")
        guard time.patience <= time.interval else { return }
        report.add(
            "L06",
            "a connection is given up after \(Words.duration(Int64(time.patience * 1e9))) of silence, but a Ping is "
                + "sent only every \(Words.duration(Int64(time.interval * 1e9)))",
            at: time.bytes, in: time.part)
    }
}
