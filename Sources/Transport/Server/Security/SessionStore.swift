import Connection

/// The sessions and tickets that a server has given out: so many of each at most, the oldest make room.
struct SessionStore {
    struct Session {
        let user: String
        let began: Timestamp
        let expires: Timestamp?
    }

    static let most = 4096

    private var sessions: [String: Session] = [:]
    private var tickets: [String: Session] = [:]

    mutating func login(_ user: String, now: Timestamp, lifetime: Duration?) -> String {
        let id = Secret.random()
        SessionStore.makeRoom(in: &sessions, now: now)
        sessions[id] = Session(user: user, began: now, expires: lifetime.map { now.adding($0) })
        return id
    }

    /// The session of that number, while it lasts.
    mutating func session(_ id: String, now: Timestamp) -> Session? {
        guard let session = sessions[id] else { return nil }
        guard session.expires.map({ now < $0 }) ?? true else {
            sessions[id] = nil
            return nil
        }
        return session
    }

    mutating func logout(_ id: String) -> Bool { sessions.removeValue(forKey: id) != nil }

    mutating func ticket(for user: String, now: Timestamp, lifetime: Duration) -> String {
        let ticket = Secret.random()
        SessionStore.makeRoom(in: &tickets, now: now)
        tickets[ticket] = Session(user: user, began: now, expires: now.adding(lifetime))
        return ticket
    }

    /// Whose ticket it is. It is good once.
    /// - Parameter isReusable: The fault: it stays good.
    mutating func redeem(_ ticket: String, now: Timestamp, isReusable: Bool) -> String? {
        if isReusable { return tickets[ticket]?.user }
        guard let found = tickets.removeValue(forKey: ticket), found.expires.map({ now < $0 }) ?? true else {
            return nil
        }
        return found.user
    }

    private static func makeRoom(in table: inout [String: Session], now: Timestamp) {
        guard table.count >= most else { return }
        table = table.filter { _, session in session.expires.map { now < $0 } ?? true }
        while table.count >= most, let oldest = table.min(by: { $0.value.began < $1.value.began }) {
            table[oldest.key] = nil
        }
    }
}

extension Timestamp {
    func adding(_ duration: Duration) -> Timestamp { adding(nanoseconds: duration.inNanoseconds) }
}
