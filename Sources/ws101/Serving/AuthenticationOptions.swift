import ArgumentParser
import Foundation
import Transport

extension Authentication.Method: ExpressibleByArgument {}

extension Grant: ExpressibleByArgument {
    /// `USER:ACTION:ROOM`.
    public init?(argument: String) { self.init(argument) }
}

/// Who may connect, and who may do what.
struct AuthenticationOptions: ParsableArguments {
    @Option(
        help: """
            Ask who connects, 401 before the 101 unless told: header (Authorization: Bearer TOKEN), cookie (of POST \
            /login, own pages only), ticket (?ticket= of POST /ticket, good once), subprotocol (bearer.TOKEN beside \
            ws101.v1), first-message ({"token":"…"}). May be repeated.
            """)
    var auth: [Authentication.Method] = []

    @Option(
        help: ArgumentHelp(
            "A user for --auth; without a token one is made and printed. May be repeated.", valueName: "name[:token]"))
    var user: [String] = []

    @Option(
        name: .customLong("session"), help: "Seconds after which a session is over, and its connections end with 1008.")
    var session: Double?

    @Option(help: "Seconds in which a ticket is good.")
    var ticketLifetime = 30.0

    @Option(help: "Seconds in which the first message must come, with --auth first-message.")
    var authDeadline = 5.0

    @Option(
        help: ArgumentHelp(
            """
            Who may do what in which chat room; what is not granted is refused once there is a grant. The action is \
            read, send, send-text or send-binary; * is everybody, news-* rooms that begin so. May be repeated.
            """, valueName: "user:action:room"))
    var grant: [Grant] = []

    @Flag(help: "Print a line a request on standard error; secrets in URLs are left out.")
    var accessLog = false

    func validate() throws {
        guard user.isEmpty || !auth.isEmpty else { throw ValidationError("--user is for --auth; give both.") }
        guard session.map({ $0 > 0 }) ?? true, ticketLifetime > 0, authDeadline > 0 else {
            throw ValidationError("--session, --ticket-lifetime and --auth-deadline are above 0 seconds.")
        }
        let names = user.map { $0.prefix { $0 != ":" } }
        guard Set(names).count == names.count, !names.contains("") else {
            throw ValidationError("Every --user needs a name of its own.")
        }
        guard user.allSatisfy({ !$0.hasSuffix(":") && $0.allSatisfy { $0.isASCII && !$0.isWhitespace } }) else {
            throw ValidationError("A --user is NAME or NAME:TOKEN, in ASCII without spaces.")
        }
    }

    /// Applies them, and tells the tokens that were made.
    func apply(to options: inout WebSocketServer.Options, tell: (String) -> Void) {
        options.grants = grant
        if accessLog {
            let lines = LogLines()
            options.accessLog = { lines.add($0) }
        }
        guard !auth.isEmpty else { return }
        let users = (user.isEmpty ? ["ada"] : user).map { text in
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 1 else { return Authentication.User(name: parts[0], token: parts[1]) }
            let token = Secret.random()
            tell("the token of \(parts[0]): \(token)")
            return Authentication.User(name: parts[0], token: token)
        }
        var authentication = Authentication(
            methods: Set(auth), users: users, sessionLifetime: session.map { Duration.seconds($0) })
        authentication.ticketLifetime = .seconds(ticketLifetime)
        authentication.deadline = .seconds(authDeadline)
        options.authentication = authentication
    }
}
