internal import Connection

/// How a server learns who connects, RFC 6455 §10.5: the protocol itself has no way, HTTP's ways are what there is.
package struct Authentication: Sendable {
    package enum Method: String, CaseIterable, Hashable, Sendable {
        /// `Authorization: Bearer TOKEN` in the opening handshake; browsers cannot set it.
        case header
        /// A session cookie of `POST /login`, from the server's own pages only.
        case cookie
        /// `?ticket=…` in the URL, from `POST /ticket`: good once, and for a short time.
        case ticket
        /// `bearer.TOKEN` among the subprotocols offered, beside a real one.
        case subprotocol
        /// `{"token":"…"}` as the first message, within a deadline.
        case firstMessage = "first-message"
    }

    package struct User: Hashable, Sendable {
        package let name: String
        package let token: String

        package init(name: String, token: String) {
            self.name = name
            self.token = token
        }
    }

    /// Each of them is enough.
    package var methods: Set<Method>
    package var users: [User]
    /// A connection ends with 1008 so long after its user logged in, or was admitted by a token; nil for never.
    package var sessionLifetime: Duration?
    /// How long a ticket is good.
    package var ticketLifetime: Duration = .seconds(30)
    /// How long a client may take for its first message.
    package var deadline: Duration = .seconds(5)

    package init(methods: Set<Method>, users: [User], sessionLifetime: Duration? = nil) {
        self.methods = methods
        self.users = users
        self.sessionLifetime = sessionLifetime
    }

    /// The subprotocol that is agreed on beside a token among the subprotocols.
    package static let subprotocol = "ws101.v1"
    /// What a subprotocol begins with that is a token.
    package static let bearerPrefix = "bearer."
}

/// Who is on the other side of a connection, and until when.
struct Identity: Sendable {
    let user: String
    /// When the session is over; nil for never.
    let expires: Timestamp?
    /// The session that it came from, which a logout ends.
    let session: String?
}
