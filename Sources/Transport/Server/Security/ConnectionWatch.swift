import Connection
import Synchronization
import Wire

/// What is looked at on one connection besides the protocol: who it is, for how long, how much and what it sends. There is
/// one only where the server's options ask for any of it.
final class ConnectionWatch {
    enum Verdict {
        case fine
        /// The message was for the watch.
        case taken
        /// The first message told who it is.
        case admitted(Identity)
        case close(StatusCode, String)
    }

    private let options: WebSocketServer.Options
    private let gatekeeper: Gatekeeper?
    private var bucket: TokenBucket?
    private var identity: Identity?
    private var isAwaited = false
    private let began: Timestamp
    private var lastMessage: Timestamp
    /// Of the gatekeeper when the session was last looked for; at first of none, so that it is looked for once more.
    private var revision = -1
    /// A Close was sent for what it saw: the rest of what comes is not looked at.
    private var isOver = false

    /// Nil where there is nothing to watch.
    init?(_ options: WebSocketServer.Options, _ gatekeeper: Gatekeeper?, now: Timestamp) {
        guard gatekeeper != nil || options.rateLimit != nil || options.schema != nil || options.idleLimit != nil else {
            return nil
        }
        self.options = options
        self.gatekeeper = gatekeeper
        bucket = options.rateLimit.map { TokenBucket(rate: $0.perSecond, burst: $0.burst, now: now) }
        began = now
        lastMessage = now
    }

    func awaitFirstMessage() { isAwaited = true }

    func know(_ identity: Identity) { self.identity = identity }

    func sent(now: Timestamp) { lastMessage = now }

    /// A message came.
    func judge(_ kind: Message.Kind, _ bytes: UnsafeRawBufferPointer, now: Timestamp) -> Verdict {
        guard !isOver else { return .taken }
        lastMessage = now
        if let limit = exceeded(now) { return over(.policyViolation, limit) }
        if isAwaited { return judgeFirst(kind, bytes, now) }
        if let schema = options.schema { return judge(kind, bytes, schema) }
        return .fine
    }

    func judgePing(now: Timestamp) -> Verdict {
        guard !isOver, let limit = exceeded(now) else { return .fine }
        return over(.policyViolation, limit)
    }

    func wake(at now: Timestamp) -> Verdict {
        guard !isOver else { return .fine }
        if isAwaited, let deadline = gatekeeper?.settings.deadline, now.since(began) >= deadline.inNanoseconds {
            return over(.policyViolation, "no token came within \(ConnectionWatch.text(deadline))")
        }
        if isExpired(now) { return over(.policyViolation, "the session is over") }
        if let limit = options.idleLimit, now.since(lastMessage) >= limit.inNanoseconds {
            return over(.goingAway, "no message for \(ConnectionWatch.text(limit))")
        }
        return .fine
    }

    private func over(_ code: StatusCode, _ reason: String) -> Verdict {
        isOver = true
        return .close(code, reason)
    }

    private func exceeded(_ now: Timestamp) -> String? {
        guard bucket != nil, bucket?.take(now: now) == false, let limit = options.rateLimit else { return nil }
        return "more than \(ConnectionWatch.text(limit.perSecond)) messages a second"
    }

    private func judgeFirst(_ kind: Message.Kind, _ bytes: UnsafeRawBufferPointer, _ now: Timestamp) -> Verdict {
        // A token is short: who has not told who he is, gets no memory for more.
        guard kind == .text, bytes.count <= 4096,
            let identity = gatekeeper?.admit(firstMessage: String(decoding: bytes, as: UTF8.self), now: now)
        else { return over(.policyViolation, "the first message must be {\"token\":\"…\"} with a good token") }
        isAwaited = false
        know(identity)
        return .admitted(identity)
    }

    private func judge(_ kind: Message.Kind, _ bytes: UnsafeRawBufferPointer, _ schema: JSONSchema) -> Verdict {
        guard kind == .text else { return over(.unsupportedData, "messages are JSON texts here") }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes.assumingMemoryBound(to: UInt8.self).span)
        } catch {
            return over(.invalidPayload, "no JSON: \(error)")
        }
        guard let breach = schema.breach(in: value) else { return .fine }
        return over(.policyViolation, SafeText.escape("\(breach)"))
    }

    private func isExpired(_ now: Timestamp) -> Bool {
        guard let identity, let gatekeeper, !options.faults.contains(.expiryIgnored) else { return false }
        if let expires = identity.expires, expires <= now { return true }
        let latest = gatekeeper.revision.load(ordering: .relaxed)
        guard latest != revision, let session = identity.session else { return false }
        revision = latest
        return !gatekeeper.isGood(session, now: now)
    }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = duration.inNanoseconds / 1_000_000
        return milliseconds.isMultiple(of: 1000) ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }

    private static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
