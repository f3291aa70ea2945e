import Connection
import Wire

/// A session's cookie may leak.
struct CookieFlags: ConnectionRule {
    static let page = RulePage(
        "S07", "cookie-flags", .warning, .high, [.wire],
        references: [
            "OWASP WebSocket Security Cheat Sheet", "RFC 6265 §4.1.2", "OWASP ASVS 3.3", "CWE-1275", "CWE-614",
            "CWE-1004",
        ], lesson: 8,
        says: "The answer sets a session cookie without SameSite, Secure or HttpOnly.",
        why: """
            Without SameSite the browser may send the cookie with a handshake that a foreign page began; without \
            HttpOnly a script that got into a page can read it; without Secure it also goes over http://.
            """,
        evidence: """
            A Set-Cookie in the answer to the opening handshake, with a name such as session, sid, token, auth or \
            remember, that lacks HttpOnly, or SameSite=Lax or Strict, or Secure where the connection is inside TLS. \
            SameSite=None together with Secure is a note. Cookies against request forgery are meant for scripts, and \
            a cookie that is being deleted harms nobody: both are not judged.
            """,
        fix: "Set-Cookie: __Host-session=…; Path=/; Secure; HttpOnly; SameSite=Lax.",
        snippets: [
            Snippet(
                .ws,
                """
                wss.on("headers", headers => {
                  headers.push(`Set-Cookie: __Host-session=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`);
                });
                """),
            Snippet(
                .websockets,
                """
                def process_response(connection, request, response):
                    response.headers["Set-Cookie"] = f"__Host-session={id}; Path=/; Secure; HttpOnly; SameSite=Lax"
                """),
            Snippet(
                .gorilla,
                """
                cookie := http.Cookie{Name: "__Host-session", Value: id, Path: "/",
                    Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
                conn, err := upgrader.Upgrade(w, r, http.Header{"Set-Cookie": {cookie.String()}})
                """),
        ],
        exceptions: "A widget in pages of others needs SameSite=None; check the Origin all the more.",
        examples: examples)

    static let watches: EventKinds = .head

    private var sawSession = false
    private var sawAnswer = false

    private let isTLSTerminated: Bool

    init(_ settings: RuleSettings) { isTLSTerminated = settings.traits.isTLSTerminated }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind, head.side == .server else { return }
        sawAnswer = true
        let isInsideTLS = connection.opening?.isTLS == true || isTLSTerminated
        for value in head.head.values("Set-Cookie").prefix(16) {
            let cookie = ResponseCookie(value)
            guard cookie.isSession, !cookie.isDeleted else { continue }
            sawSession = true
            let lacking = cookie.lacking(isInsideTLS: isInsideTLS)
            guard !lacking.isEmpty else { continue }
            let name = SafeText.escape(String(cookie.name.prefix(40)))
            let isEmbedded = lacking == ["SameSite=Lax or Strict"] && cookie.hasFlag("secure")
            report.add(
                "the cookie \(name) lacks \(lacking.joined(separator: ", "))",
                at: connection.place(of: head, field: "Set-Cookie"), subject: cookie.name,
                severity: isEmbedded && cookie.sameSite == "none" ? .note : nil)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if sawSession { return .pass }
        return .notApplicable(
            sawAnswer ? "the answer sets no session cookie" : Unjudged.noRequest)
    }
}

/// What a Set-Cookie field says, RFC 6265 §4.1.
private struct ResponseCookie {
    let name: String
    private let value: String
    /// In lower case, with their values.
    private let attributes: [String]

    init(_ field: String) {
        let parts = field.prefix(4096).split(separator: ";", maxSplits: 24)
        let pair = (parts.first ?? "").split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        name = (pair.first ?? "").filter { $0 != " " }
        value = pair.count > 1 ? String(pair[1]) : ""
        attributes = parts.dropFirst().map { $0.lowercased().filter { $0 != " " } }
    }

    var sameSite: String? { attributes.first { $0.hasPrefix("samesite=") }.map { String($0.dropFirst(9)) } }

    var isDeleted: Bool {
        value.isEmpty || attributes.contains("max-age=0")
            || attributes.contains { $0.hasPrefix("expires=thu,01jan1970") }
    }

    func hasFlag(_ flag: String) -> Bool { attributes.contains(flag) }

    var isSession: Bool {
        let plain = Secret.plain(name)
        if plain.hasAny(of: ["csrf", "xsrf"]) { return false }
        return plain.hasAny(of: ["sess", "token", "auth", "jwt", "login", "remember"])
            || plain == "sid" || name.hasSuffix(".sid") || name.hasSuffix("_sid") || name.hasSuffix("-sid")
    }

    func lacking(isInsideTLS: Bool) -> [String] {
        var lacking: [String] = []
        if sameSite != "lax" && sameSite != "strict" { lacking.append("SameSite=Lax or Strict") }
        if !hasFlag("httponly") { lacking.append("HttpOnly") }
        if isInsideTLS && !hasFlag("secure") { lacking.append("Secure") }
        return lacking
    }
}

extension CookieFlags {
    private static func open(_ scene: inout Scene, setting cookie: String) {
        scene.open { $0.response("Set-Cookie", cookie) }
        scene.end()
    }

    private static let examples: [Example] = [
        .violates("no flag at all") { open(&$0, setting: "connect.sid=s%3Aq9Xw2c7e; Path=/") },
        .violates("HttpOnly is missing") { open(&$0, setting: "session=q9Xw2c7e; Secure; SameSite=Lax") },
        .violates("SameSite=None, as a note") {
            open(&$0, setting: "session=q9Xw2c7e; Secure; HttpOnly; SameSite=None")
        },
        .complies("all three") {
            open(&$0, setting: "__Host-session=q9Xw2c7e; Path=/; Secure; HttpOnly; SameSite=Lax")
        },
        .tooLittle("a cookie for a script, against request forgery") {
            open(&$0, setting: "XSRF-TOKEN=q9Xw2c7e; Path=/; Secure")
        },
        .tooLittle("no cookie is set") { scene in
            scene.open()
            scene.end()
        },
    ]
}
