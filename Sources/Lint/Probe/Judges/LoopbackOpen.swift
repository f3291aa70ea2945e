/// A server on this machine that every web page may use: S05 follows from S01 and S03.
enum LoopbackOpen {
    static func judge(_ outcomes: [ProbeOutcome], isLoopback: Bool) -> ProbeOutcome? {
        guard isLoopback else { return .notApplicable("S05", "the server is not on this machine") }
        let login = outcomes.filter { $0.rule == "S01" }
        let origin = outcomes.filter { $0.rule == "S03" }
        guard !login.isEmpty, !origin.isEmpty else { return nil }
        if login.contains(where: \.isFinding), let page = origin.first(where: \.isFinding) {
            return .finding(
                "S05", "any web page in a browser on this machine can use it: nobody asks who it is, or where from",
                page.exchange)
        }
        let isKnown = (login + origin).contains { $0.kind == .pass }
        return isKnown ? .pass("S05") : .notApplicable("S05", "S01 and S03 had no evidence")
    }
}
