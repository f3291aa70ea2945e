/// M06: whether anybody looks at what piles up when a peer does not read.
///
/// `send()` of ws never waits: what the peer does not take stays in memory. Who sends to many, or answers every message
/// of a peer that need not read, must look at `bufferedAmount`, or let a stream do so.
struct PressureJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let used = Set(Library.used(by: program))
        if used.contains(.ws), SourceServer.servers(in: program).contains(where: { $0.library == .ws }) {
            scripts(program, &report)
        }
        if used.contains(.nio) { writes(program, &report) }
        if used.contains(.websockets) { broadcasts(program, &report) }
    }

    private func scripts(_ program: SourceProgram, _ report: inout SourceReport) {
        report.look(at: "M06")
        guard !program.has("pressure") else { return }
        let loops = program.all("broadcast")
        for (part, match) in loops {
            report.add(
                "M06",
                "sends to every client, and bufferedAmount is never looked at: one that reads slowly fills memory",
                at: match.bytes, in: part)
        }
        for handler in SourceHandler.handlers(of: ["message"], in: program) where Socket.isOne(handler.receiver) {
            guard let (stretch, send) = answer(handler), loops.allSatisfy({ !$1.bytes.contains(send.bytes.lowerBound) })
            else { continue }
            report.add(
                "M06",
                "answers every message, and bufferedAmount is never looked at: who sends and never reads fills memory",
                at: send.bytes, in: stretch.part)
        }
    }

    /// The first place where a message is answered on the connection that it came from.
    private func answer(_ handler: SourceHandler) -> (SourceHandler.Stretch, SourceMatch)? {
        for stretch in handler.reach {
            for send in stretch.facts("send") {
                guard let socket = send["SOCKET"]?.text, Socket.isOne(socket) else { continue }
                return (stretch, send)
            }
        }
        return nil
    }

    /// SwiftNIO tells by `isWritable` that more is waiting than the high watermark.
    private func writes(_ program: SourceProgram, _ report: inout SourceReport) {
        let writes = program.all("write")
        guard !writes.isEmpty else { return }
        report.look(at: "M06")
        guard !program.has("pressure"), let (part, match) = writes.first else { return }
        report.add(
            "M06", "writes frames, and nothing here looks at isWritable: a peer that reads slowly fills memory",
            at: match.bytes, in: part)
    }

    /// `broadcast` does not wait for slow clients; only the heartbeat ends them.
    private func broadcasts(_ program: SourceProgram, _ report: inout SourceReport) {
        let servers = SourceServer.servers(in: program).filter { $0.library == .websockets }
        report.look(at: "M06")
        guard servers.contains(where: isPatient) else { return }
        for (part, match) in program.all("broadcast") {
            guard let name = match["CALLEE"]?.text, part.imports.meaning(of: name)?.hasPrefix("websockets") == true
            else { continue }
            report.add(
                "M06", "broadcast() waits for nobody, and without a heartbeat a client that never reads is never ended",
                at: match.bytes, in: part)
        }
    }

    private func isPatient(_ server: SourceServer) -> Bool {
        ["ping_interval", "ping_timeout"].contains { server.options[$0]?.text == "None" }
    }
}
