/// Something that a teaching server does wrong on purpose, so that its consequence can be seen. None is on by itself.
///
/// Each is the twin of a switch that does it right, or of what every server here does anyway.
package enum Fault: String, CaseIterable, Hashable, Sendable {
    // Who may connect.
    case originUnchecked = "origin-unchecked"
    case originSubstring = "origin-substring"
    case hostUnchecked = "host-unchecked"
    case cookieWithoutOrigin = "cookie-without-origin"
    case cookieSameSiteNone = "cookie-samesite-none"
    case ticketReuse = "ticket-reuse"
    case tokenEcho = "token-echo"
    case authAfterOpening = "auth-after-101"
    case firstMessageNoDeadline = "first-message-no-deadline"
    case expiryIgnored = "expiry-ignored"
    case sendUnchecked = "send-unchecked"
    case secretsLogged = "secrets-logged"
    // What a client may send.
    case schemaUnchecked = "schema-unchecked"
    case rateUnlimited = "rate-unlimited"
    case messageUnlimited = "message-unlimited"
    case fragmentsUnlimited = "fragments-unlimited"
    case connectionsUnlimited = "connections-unlimited"
    // Whether the other side is still there.
    case neverPings = "never-pings"
    case ignoresPings = "ignores-pings"
    case keepsHalfOpen = "keeps-half-open"
    // Who reads slowly, and who works long.
    case queueUnbounded = "queue-unbounded"
    case blocksEventLoop = "blocks-event-loop"
    // TLS.
    case certificateExpired = "certificate-expired"
    case certificateWrongName = "certificate-wrong-name"
    case certificateSelfSigned = "certificate-self-signed"

    /// What the server does, in a few words.
    package var summary: String {
        switch self {
        case .originUnchecked: "takes web pages of everywhere: no Origin is looked at"
        case .originSubstring: "takes an Origin that contains an allowed one anywhere in it"
        case .hostUnchecked: "takes every Host, and so DNS rebinding"
        case .cookieWithoutOrigin: "with --auth cookie: the cookie is enough, whose page it ever was"
        case .cookieSameSiteNone: "with --auth cookie: SameSite=None, so pages of elsewhere carry the cookie"
        case .ticketReuse: "with --auth ticket: a ticket is good again and again, for ever"
        case .tokenEcho: "with --auth subprotocol: answers with the token as the subprotocol"
        case .authAfterOpening: "refuses with a Close behind the 101 in place of a 401"
        case .firstMessageNoDeadline: "with --auth first-message: waits for ever for the first message"
        case .expiryIgnored: "a session that is over, or logged out, keeps its connections"
        case .sendUnchecked: "with --grant: only asks who may enter a room, not who may send to it"
        case .secretsLogged: "the access log holds tickets and tokens of the URL"
        case .schemaUnchecked: "with --schema: messages pass as they come"
        case .rateUnlimited: "with --rate: any number of messages a second"
        case .messageUnlimited: "messages of any length, --max-message or not"
        case .fragmentsUnlimited: "messages of any number of fragments, even empty ones"
        case .connectionsUnlimited: "connections without number, --max-connections or not"
        case .neverPings: "sends no Ping, and never learns that a client is gone"
        case .ignoresPings: "answers no Ping, though RFC 6455 §5.5.2 says it must"
        case .keepsHalfOpen: "sends Pings, and keeps connections that do not answer"
        case .queueUnbounded: "keeps for a slow reader whatever others send, until memory is full"
        case .blocksEventLoop: "the scenario work works on the event loop: nobody else is served meanwhile"
        case .certificateExpired: "with --tls: a certificate that was good until yesterday"
        case .certificateWrongName: "with --tls: a certificate for another name"
        case .certificateSelfSigned: "with --tls: a certificate that no authority signed"
        }
    }
}
