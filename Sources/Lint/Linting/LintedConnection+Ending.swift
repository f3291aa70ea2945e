import Connection
import Wire

/// Whose fault the end of a connection may be.
extension LintedConnection {
    /// Why how the connection ended is not to be judged; nil where it is.
    var unjudgedEnding: Verdict? {
        guard handshake != nil, !isMidstream else { return isMidstream ? .midstream : .notEstablished }
        if isIncomplete.client || isIncomplete.server { return .incomplete }
        if hasFaults.client || hasFaults.server || isHandshakeFaulty { return .failed }
        return nil
    }

    /// A side has waited so long for a Pong that the other one was most likely gone: ending the connection then, in any
    /// way, is right, and the missing Pong is told by ping-unanswered.
    func isUnanswered(at time: Timestamp) -> Bool {
        Side.allCases.contains { side in pingWaiting[side].map { time.since($0) >= 5_000_000_000 } ?? false }
    }

    /// The 101 broke a rule for which the client fails the connection, RFC 6455 §4.1.
    private var isHandshakeFaulty: Bool { handshake?.responseDemands.contains { $0.isBroken } == true }
}

extension Closure {
    /// A side ended TCP, and no Close came before it from either: both conclude 1006, §7.1.5.
    var isAbnormal: Bool {
        guard wasEstablished, let firstToEnd, let end = tcp[firstToEnd] else { return false }
        return !Side.allCases.contains { side in wire[side].map { $0.time <= end.time } ?? false }
    }
}

extension Closure.TCPEnd.Kind {
    /// "a FIN", "an RST".
    var words: String {
        switch self {
        case .fin: "a FIN"
        case .reset: "an RST"
        }
    }
}
