import Wire

/// A Ping that waits for its Pong.
struct SentPing: Hashable {
    let payload: [UInt8]
    let time: Timestamp
    let isKeepAlive: Bool
}

/// Time: deadlines out, and back in.
extension Endpoint {
    /// When `wake` wants to be called, if nothing else happens before.
    package var deadline: Timestamp? {
        switch phase {
        case .connecting, .asked: since.adding(nanoseconds: timing.handshake)
        case .open: isKeepAlivePending ? pongDeadline : nextPing
        case .closeSent: since.adding(nanoseconds: timing.close)
        case .closed: isLingerOver ? nil : since.adding(nanoseconds: timing.linger)
        }
    }

    private var nextPing: Timestamp? { timing.pingInterval.map { lastKeepAlive.adding(nanoseconds: $0) } }

    /// Any byte shows that the peer lives: its Pong may stand behind a long frame.
    private var pongDeadline: Timestamp { max(lastKeepAlive, lastHeard).adding(nanoseconds: timing.pongTimeout) }

    /// The peer is known to live though nothing was read: the transport itself reads no more at the moment.
    package mutating func heard(at now: Timestamp) { lastHeard = max(lastHeard, now) }

    /// Time has passed. Does nothing before the deadline.
    package mutating func wake(at now: Timestamp) -> Reaction? {
        guard let deadline, deadline <= now else { return nil }
        switch phase {
        case .connecting, .asked: return handshakeTimedOut(now: now)
        case .open:
            guard isKeepAlivePending else {
                keepAlive(now: now)
                return nil
            }
            return fail(.pongTimeout, code: .internalError, reason: "no Pong came", now: now)
        case .closeSent:
            // "it is possible to wait … reasonably", §7.1.1: the peer does not answer, so TCP ends now.
            failure = failure ?? .closeTimeout
            enter(.closed, now: now)
            isLingerOver = true
            return .failed
        case .closed:
            isLingerOver = true
            return nil
        }
    }

    private mutating func keepAlive(now: Timestamp) {
        keepAliveCount += 1
        let payload = Array("keep-alive \(keepAliveCount)".utf8)
        lastKeepAlive = now
        isKeepAlivePending = true
        if pings.count == Endpoint.mostPings { pings.removeFirst() }
        pings.append(SentPing(payload: payload, time: now, isKeepAlive: true))
        payload.withUnsafeBytes { queue(.ping, $0) }
    }

    /// Pings that are remembered.
    static let mostPings = 32

    /// Finds the Ping that a Pong answers. "an endpoint … MAY elect to send a Pong frame for only the most recently
    /// processed Ping frame", §5.5.3: earlier ones count as answered with it.
    mutating func answered(_ payload: UnsafeMutableRawBufferPointer, now: Timestamp) -> Int64? {
        guard let index = pings.lastIndex(where: { $0.payload.elementsEqual(payload) }) else { return nil }
        let sent = pings[index].time
        pings.removeSubrange(...index)
        if pings.isEmpty { pings = [] }
        isKeepAlivePending = pings.contains(where: \.isKeepAlive)
        return now.since(sent)
    }
}
