import Connection
import Wire

/// How a visit ended, for rules about clients that come back.
extension Closure {
    enum VisitEnd {
        /// Refused, or lost by the server's doing: whoever comes back has a reason.
        case failed
        /// The purpose was fulfilled, or the client left.
        case normal
    }

    /// What the first step of the end says; nil for every step but the first, which is told once.
    ///
    /// - Parameter isLast: `closed` tells it, and no `closing` may have come before.
    func visitEnd(isLast: Bool) -> VisitEnd? {
        let steps = Side.allCases.count { wire[$0] != nil } + Side.allCases.count { tcp[$0] != nil }
        let hasReset = Side.allCases.contains { tcp[$0]?.kind == .reset }
        guard steps == 1, isLast == hasReset else { return nil }
        guard wasEstablished else { return .failed }
        if let first, let close = wire[first] {
            return first == .server && close.payload.closeCode != .normalClosure ? .failed : .normal
        }
        return firstToEnd == .server ? .failed : .normal
    }

    /// When that step was taken.
    var firstStep: Timestamp? {
        Side.allCases.flatMap { [wire[$0]?.time, tcp[$0]?.time] }.compactMap { $0 }.min()
    }
}
