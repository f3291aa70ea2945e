/// M01: how large a message is accepted.
struct LimitJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        for server in SourceServer.servers(in: program) where server.library == .ws { judge(server, program, &report) }
    }

    private func judge(_ server: SourceServer, _ program: SourceProgram, _ report: inout SourceReport) {
        guard let limit = server.options["maxPayload"] else {
            guard !server.options.isOpen else { return report.skip("M01", "options that are not in sight") }
            report.add(
                "M01", "no maxPayload: ws accepts messages of up to 100 MiB", at: server.bytes, in: server.part,
                severity: .error)
            return
        }
        guard let value = program.constants.value(of: limit.text) else { return report.look(at: "M01") }
        if value == 0 {
            report.add(
                "M01", "maxPayload is 0: a message may be of any size", at: limit.bytes, in: limit.part,
                severity: .error)
        }
    }
}
