package import Wire

/// The closing handshake, §7, and failing the connection, §7.1.7.
extension Endpoint {
    /// Starts the closing handshake; does nothing where one has begun.
    /// - Parameter code: Nil for a Close without a body.
    package mutating func close(_ code: StatusCode?, reason: String = "", now: Timestamp) {
        guard phase == .open else { return }
        send(code.map { ClosePayload($0, reason) } ?? .empty)
        enter(.closeSent, now: now)
    }

    private mutating func send(_ payload: ClosePayload) {
        closeSent = payload
        payload.bytes.withUnsafeBytes { queue(.close, $0) }
    }

    /// The peer's Close is complete.
    mutating func endClose(_ body: UnsafeMutableRawBufferPointer, now: Timestamp) -> Reaction {
        if let violation = judge.closeBody(body.octets.span).first { return fail(violation, now: now) }
        let payload = ClosePayload(body.octets.span)
        closeReceived = payload
        if closeSent == nil {
            // "the endpoint typically echos the status code it received", §5.5.1.
            switch payload {
            case .empty, .truncated: send(.empty)
            case .status(let code, _): send(ClosePayload(code))
            }
        }
        enter(.closed, now: now)
        return .closed
    }

    /// TCP: the peer sends no more, by FIN or RST.
    package mutating func inputEnded(now: Timestamp) -> Reaction? {
        hasInputEnded = true
        switch phase {
        case .closed: return nil
        case .connecting, .asked, .open, .closeSent:
            failure = .connectionLost
            enter(.closed, now: now)
            return .failed
        }
    }

    mutating func fail(_ violation: Violation, now: Timestamp) -> Reaction {
        fail(.violation(violation), code: violation.rule.statusCode, reason: violation.description, now: now)
    }

    /// "the endpoint SHOULD send a Close frame with an appropriate status code before proceeding to Close", §7.1.7.
    mutating func fail(_ failure: Failure, code: StatusCode, reason: String, now: Timestamp) -> Reaction {
        self.failure = failure
        if closeSent == nil { send(ClosePayload(code, reason)) }
        isAtRest = false
        assembly = nil
        isAssemblyTold = false
        enter(.closed, now: now)
        return .failed
    }
}
