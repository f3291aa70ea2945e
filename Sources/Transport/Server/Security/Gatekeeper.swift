import Connection
import Synchronization
import Wire

/// Decides who may connect to a server with `Authentication`. The last moment at which HTTP can say no is before the
/// 101: 401 for who does not prove who he is, 403 for whose page may not.
final class Gatekeeper: Sendable {
    enum Admission {
        case admitted(Identity, subprotocol: String?)
        /// The first message will tell.
        case awaited
        case refused(Page)
    }

    let settings: Authentication
    private let faults: Set<Fault>
    private let origins: OriginCheck
    private let isTLS: Bool
    private let store = Mutex(SessionStore())
    /// Changes when a session was ended from outside, so that its connections look.
    let revision = Atomic<Int>(0)

    init(_ settings: Authentication, origins: OriginCheck, faults: Set<Fault>, isTLS: Bool) {
        self.settings = settings
        self.origins = origins
        self.faults = faults
        self.isTLS = isTLS
    }

    /// Whether an upgrade's Origin is looked at by whoever else checks it: not by the twin to whom the cookie is enough.
    var skipsOrigin: Bool { settings.methods.contains(.cookie) && faults.contains(.cookieWithoutOrigin) }

    func admit(_ request: Request, now: Timestamp) -> Admission {
        var why = "it has no \(Gatekeeper.list(settings.methods))"
        if let token = Gatekeeper.bearer(request), settings.methods.contains(.header) {
            if let user = user(of: token) { return .admitted(identity(user, now), subprotocol: nil) }
            why = "its token is not good"
        }
        if let ticket = Gatekeeper.ticket(request), settings.methods.contains(.ticket) {
            if let user = redeem(ticket, now) { return .admitted(identity(user, now), subprotocol: nil) }
            why = "its ticket is not good: used before, too old, or never given out"
        }
        if let token = Gatekeeper.offeredToken(request), settings.methods.contains(.subprotocol) {
            if let user = user(of: token) { return agree(user, token, request, now) }
            why = "the token among its subprotocols is not good"
        }
        if let id = cookie(request), settings.methods.contains(.cookie) {
            if let session = session(id, now) { return admit(session, id, request) }
            why = "its session is over, or never was"
        }
        if settings.methods.contains(.firstMessage) { return .awaited }
        return .refused(unauthorized(why))
    }

    /// The token of a first message: `{"token":"…"}`.
    func admit(firstMessage text: String, now: Timestamp) -> Identity? {
        guard case .object(let fields)? = try? JSONValue(parsing: text), case .string(let token)? = fields["token"]
        else { return nil }
        return user(of: token).map { identity($0, now) }
    }

    /// Whether a session that was good is so still.
    func isGood(_ session: String, now: Timestamp) -> Bool { self.session(session, now) != nil }

    func session(_ id: String, _ now: Timestamp) -> SessionStore.Session? {
        store.withLock { $0.session(id, now: now) }
    }

    private func redeem(_ ticket: String, _ now: Timestamp) -> String? {
        store.withLock { $0.redeem(ticket, now: now, isReusable: faults.contains(.ticketReuse)) }
    }

    func user(of token: String) -> String? {
        // All are compared, so that the time does not tell whose token is near.
        settings.users.reduce(nil) { found, user in Secret.matches(user.token, token) ? user.name : found }
    }

    private func identity(_ user: String, _ now: Timestamp) -> Identity {
        Identity(user: user, expires: settings.sessionLifetime.map { now.adding($0) }, session: nil)
    }

    /// A browser sends the cookie with every request, whose page ever made it: so the page must be one of ours.
    private func admit(_ session: SessionStore.Session, _ id: String, _ request: Request) -> Admission {
        if !faults.contains(.cookieWithoutOrigin), let refusal = origins.refusalBesideCookie(of: request, isTLS: isTLS)
        {
            return .refused(Page(status: 403, text: refusal))
        }
        return .admitted(Identity(user: session.user, expires: session.expires, session: id), subprotocol: nil)
    }

    /// A token offered as a subprotocol is never the answer: it would be in every log of responses.
    private func agree(_ user: String, _ token: String, _ request: Request, _ now: Timestamp) -> Admission {
        let identity = identity(user, now)
        if faults.contains(.tokenEcho) {
            return .admitted(identity, subprotocol: Authentication.bearerPrefix + token)
        }
        guard request.subprotocols.contains(Authentication.subprotocol) else {
            return .refused(
                Page(
                    status: 400,
                    text:
                        "Offer the subprotocol \(Authentication.subprotocol) beside the token: a server must not answer "
                        + "with the token, and a browser fails a connection that agrees on none."))
        }
        return .admitted(identity, subprotocol: Authentication.subprotocol)
    }
}

// MARK: - Sessions and tickets, by HTTP

extension Gatekeeper {
    /// - Returns: Nil where the path is none of these.
    func page(for request: Request, now: Timestamp) -> Page? {
        let wanted: Authentication.Method
        switch request.path {
        case "/login", "/logout": wanted = .cookie
        case "/ticket": wanted = .ticket
        default: return nil
        }
        guard settings.methods.contains(wanted) else { return nil }
        guard request.method == "POST" else {
            return Page(status: 405, text: "Use POST.", fields: [("Allow", "POST")])
        }
        return switch request.path {
        case "/login": login(request, now)
        case "/logout": logout(request)
        default: ticket(request, now)
        }
    }

    private func login(_ request: Request, _ now: Timestamp) -> Page {
        guard let user = Gatekeeper.bearer(request).flatMap(user) else { return unauthorized("its token is not good") }
        let id = store.withLock { $0.login(user, now: now, lifetime: settings.sessionLifetime) }
        return Page(status: 200, text: "Welcome, \(user).", fields: [("Set-Cookie", setCookie(id)), Page.unstored])
    }

    private func logout(_ request: Request) -> Page {
        let isOver = cookie(request).map { id in store.withLock { $0.logout(id) } } ?? false
        if isOver { revision.add(1, ordering: .relaxed) }
        return Page(
            status: isOver ? 200 : 401, text: isOver ? "Goodbye." : "There is no such session.",
            fields: [
                ("Set-Cookie", "\(cookieName)=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\(isTLS ? "; Secure" : "")")
            ])
    }

    private func ticket(_ request: Request, _ now: Timestamp) -> Page {
        let known = Gatekeeper.bearer(request).flatMap(user) ?? cookie(request).flatMap { session($0, now)?.user }
        guard let known else { return unauthorized("its token is not good") }
        let ticket = store.withLock { $0.ticket(for: known, now: now, lifetime: settings.ticketLifetime) }
        let seconds = settings.ticketLifetime.components.seconds
        return Page(
            status: 200, text: #"{"ticket":"\#(ticket)","expires_in":\#(seconds)}"#,
            fields: [("Content-Type", "application/json"), Page.unstored])
    }

    private func setCookie(_ id: String) -> String {
        let isForAll = faults.contains(.cookieSameSiteNone)
        // Browsers take SameSite=None of a cookie that is Secure only, also from http://localhost.
        let safety = isForAll ? "SameSite=None; Secure" : "SameSite=Strict" + (isTLS ? "; Secure" : "")
        let age = settings.sessionLifetime.map { "; Max-Age=\($0.components.seconds)" } ?? ""
        return "\(cookieName)=\(id); Path=/; HttpOnly; \(safety)\(age)"
    }

    private func unauthorized(_ why: String) -> Page {
        Page(
            status: 401, text: "Who are you? The request does not tell: \(why).",
            fields: [("WWW-Authenticate", #"Bearer realm="ws101""#)])
    }
}

// MARK: - What a request has

extension Gatekeeper {
    /// `__Host-` makes a browser insist on Secure, on the path / and on no domain (RFC 6265bis §4.1.3.2).
    private var cookieName: String { isTLS ? "__Host-ws101" : "ws101" }

    private func cookie(_ request: Request) -> String? {
        for field in request.header("Cookie") {
            for pair in field.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0].drop(while: { $0 == " " }) == cookieName { return String(parts[1]) }
            }
        }
        return nil
    }

    private static func bearer(_ request: Request) -> String? {
        guard let value = request.header("Authorization").first, value.lowercased().hasPrefix("bearer ") else {
            return nil
        }
        return String(value.dropFirst("bearer ".count).drop { $0 == " " })
    }

    private static func ticket(_ request: Request) -> String? { request.query("ticket") }

    private static func offeredToken(_ request: Request) -> String? {
        request.subprotocols.first { $0.hasPrefix(Authentication.bearerPrefix) }
            .map { String($0.dropFirst(Authentication.bearerPrefix.count)) }
    }

    private static func list(_ methods: Set<Authentication.Method>) -> String {
        let names = Authentication.Method.allCases.filter(methods.contains).map { method in
            switch method {
            case .header: "Authorization: Bearer"
            case .cookie: "session cookie (POST /login)"
            case .ticket: "ticket in the URL (POST /ticket)"
            case .subprotocol: "bearer.TOKEN among the subprotocols"
            case .firstMessage: "token in the first message"
            }
        }
        return names.joined(separator: ", no ")
    }
}
