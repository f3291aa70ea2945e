/// S01, S03, S05: who may connect.
struct DoorJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let evidence = Evidence(program)
        for server in SourceServer.servers(in: program) {
            let isOpen = authentication(server, evidence, &report)
            let isBlind = origin(server, evidence, &report)
            guard isOpen, isBlind, let host = server.host(in: program) else { continue }
            report.add(
                "S05", "\(host) is no protection: any page in a browser on this machine may connect, and nothing asks",
                at: server.bytes, in: server.part)
        }
        for (part, match) in program.all("anyOrigin") {
            report.add(
                "S03", Self.blind(evidence), at: match.bytes, in: part, severity: evidence.severityOfBlindness)
        }
    }

    private static func blind(_ evidence: Evidence) -> String {
        "the Origin is not looked at: a page of anybody connects"
            + (evidence.hasCookie ? " with the cookies of whoever opens it" : "")
    }

    /// - Returns: Whether it is a fault.
    private func authentication(
        _ server: SourceServer, _ evidence: Evidence, _ report: inout SourceReport
    ) -> Bool {
        guard !report.settings.traits.isPublic else {
            report.skip("S01", "a public endpoint")
            return false
        }
        guard !server.isJudgedElsewhere(evidence.hasUpgrade) else {
            report.skip("S01", "the opening handshake is answered elsewhere")
            return false
        }
        report.look(at: "S01")
        guard !evidence.hasCredential, !evidence.hasOtherGate(server) else { return false }
        report.add(
            "S01", "nothing here asks who connects: \(server.library.door)", at: server.bytes, in: server.part)
        return true
    }

    /// - Returns: Whether it is a fault.
    private func origin(_ server: SourceServer, _ evidence: Evidence, _ report: inout SourceReport) -> Bool {
        guard !server.library.checksOrigin else {
            report.look(at: "S03")
            return evidence.acceptsAnyOrigin
        }
        guard !server.isJudgedElsewhere(evidence.hasUpgrade) else {
            report.skip("S03", "the opening handshake is answered elsewhere")
            return false
        }
        report.look(at: "S03")
        guard !evidence.looksAtOrigin, !server.listsOrigins, !evidence.hasUnseenGate(server) else { return false }
        report.add(
            "S03", Self.blind(evidence), at: server.bytes, in: server.part,
            severity: evidence.severityOfBlindness)
        return true
    }
}

/// What a program shows of how it decides who may connect.
private struct Evidence {
    let hasCredential: Bool
    let hasCookie: Bool
    let looksAtOrigin: Bool
    let acceptsAnyOrigin: Bool
    let hasUpgrade: Bool
    private let program: SourceProgram
    private let hasRefusal: Bool

    init(_ program: SourceProgram) {
        self.program = program
        let words = program.all("credential").map(\.match.text)
        hasCredential = words.contains(where: CredentialWord.isOne)
        hasCookie = words.contains { SourceText.words(of: $0).contains { $0 == "cookie" || $0 == "cookies" } }
        looksAtOrigin = program.has("origin")
        acceptsAnyOrigin = program.has("anyOrigin")
        hasUpgrade = !SourceHandler.handlers(of: ["upgrade"], in: program).isEmpty
        hasRefusal = program.has("refusal")
    }

    /// A page of anybody comes with cookies, but with no other credential.
    var severityOfBlindness: Severity? { hasCookie ? .error : hasCredential ? .note : nil }

    /// A function that decides, and that looks at something else than the Origin.
    func hasOtherGate(_ server: SourceServer) -> Bool {
        if let gate = server.gate {
            // What it does is not in sight, or it does more than to look where the page came from.
            return !isInSight(gate) || hasRefusal && !looksAtOrigin
        }
        return hasUpgrade && hasRefusal && !looksAtOrigin
    }

    /// A function that decides, and that is not in sight.
    func hasUnseenGate(_ server: SourceServer) -> Bool { server.gate.map { !isInSight($0) } ?? false }

    /// Whether it is written out here, or is the name of a function of this program.
    private func isInSight(_ gate: SourceOptions.Option) -> Bool {
        if let call = gate.text.prefixMatch(of: /([\w.]+)\(/), !gate.text.contains("=>") {
            // `makeGate(settings)`: what it makes is in sight where the function is.
            let name = SourceMatch.Variable(text: String(call.1), bytes: gate.bytes)
            return SourceFunctions(program).start(name, in: gate.part) != nil || call.1.hasSuffix("verifyClient")
        }
        let variable = SourceMatch.Variable(text: gate.text, bytes: gate.bytes)
        return SourceFunctions(program).start(variable, in: gate.part) != nil
    }
}

/// Names that show that somebody asks who it is.
enum CredentialWord {
    static func isOne(_ text: String) -> Bool {
        let words = SourceText.words(of: text)
        if words.contains(where: known.contains) { return true }
        return zip(words, words.dropFirst()).contains { pairs.contains("\($0) \($1)") }
    }

    private static let known: Set<String> = [
        "auth", "authenticate", "authenticated", "authentication", "authenticator", "authorize", "authorized",
        "authorization", "authorise", "authorised", "authorisation", "unauthorized", "unauthenticated", "oauth",
        "token", "tokens", "jwt", "jws", "credential", "credentials", "password", "passwd", "passwords", "apikey",
        "apikeys", "login", "signin", "cookie", "cookies", "bearer", "passport", "ticket", "tickets", "hmac", "secret",
    ]
    private static let pairs: Set<String> = [
        "api key", "log in", "sign in", "session id", "session cookie", "session store", "session secret",
        "session user", "verify session", "check session", "get session", "load session",
    ]
}
