import Wire

/// How far the end of a connection has come, from which a `Closure` is drawn.
struct ClosingRecord {
    var opened: Timestamp
    var wasEstablished = false
    /// Frames of that side could not be decoded: it may have sent a Close that nobody saw.
    var isBlind = BothSides(false)

    private var wire = BothSides<Closure.CloseFrame?>(nil)
    private var first: Side?
    private var tcp = BothSides<Closure.TCPEnd?>(nil)
    private var firstToEnd: Side?
    /// The first violation of each side, on which the other one may fail the connection.
    private var violation = BothSides<Violation.Rule?>(nil)
    /// The violation that the other side had committed when this one sent its Close or ended TCP.
    private var provocation = BothSides<Violation.Rule?>(nil)

    init(opened: Timestamp) {
        self.opened = opened
    }

    var isOver: Bool {
        tcp.client?.kind == .reset || tcp.server?.kind == .reset || (tcp.client != nil && tcp.server != nil)
    }

    mutating func violation(by side: Side, _ rule: Violation.Rule) {
        if violation[side] == nil { violation[side] = rule }
    }

    /// - Returns: Whether it is the first Close of that side.
    mutating func close(by side: Side, _ frame: Closure.CloseFrame) -> Bool {
        guard wire[side] == nil else { return false }
        wire[side] = frame
        if first == nil { first = side }
        provocation[side] = violation[side.peer]
        return true
    }

    /// - Returns: Whether it is news: a reset after a FIN is.
    mutating func end(by side: Side, _ end: Closure.TCPEnd) -> Bool {
        if let before = tcp[side], before.kind == .reset || end.kind == .fin { return false }
        tcp[side] = end
        if firstToEnd == nil { firstToEnd = side }
        if wire[side] == nil, provocation[side] == nil { provocation[side] = violation[side.peer] }
        return true
    }

    func closure(traffic: BothSides<Traffic>) -> Closure {
        let duration: Int64? =
            if let first, let one = wire[first], let other = wire[first.peer] { other.time.since(one.time) } else {
                nil
            }
        return Closure(
            wire: wire, first: first, closingHandshake: duration,
            concluded: BothSides(client: conclusion(of: .client), server: conclusion(of: .server)),
            tcp: tcp, firstToEnd: firstToEnd, wasEstablished: wasEstablished, opened: opened, traffic: traffic)
    }

    private func conclusion(of side: Side) -> Closure.Conclusion {
        // It learns the end from the peer's FIN or either side's RST.
        guard isOver || tcp[side.peer] != nil else { return .open }
        guard wasEstablished else { return .unknown }
        guard let received = wire[side.peer] else {
            if isBlind[side.peer] { return .unknown }
            return .closed(code: .abnormalClosure, isClean: false, failedOn: failure(of: side))
        }
        return .closed(code: received.payload.closeCode, isClean: wire[side] != nil, failedOn: failure(of: side))
    }

    /// §7.1.7: an endpoint that fails the connection sends a Close with the code of what was wrong, or only ends TCP.
    private func failure(of side: Side) -> Violation.Rule? {
        guard let rule = provocation[side] else { return nil }
        guard let sent = wire[side] else { return firstToEnd == side ? rule : nil }
        return sent.payload.closeCode == rule.statusCode ? rule : nil
    }
}
