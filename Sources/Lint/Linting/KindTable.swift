import Connection

/// For each kind of event, the rules that watch it.
struct KindTable {
    enum Kind: Int, CaseIterable {
        case opened, head, established, frame, message, undecoded, hole, fin, reset, closing, closed, time, violation

        /// - Returns: nil where no rule sees it.
        init?(_ event: borrowing Event) {
            switch event.kind {
            case .opened: self = .opened
            case .head:
                guard event.isOfHandshake else { return nil }
                self = .head
            case .established: self = .established
            case .frame: self = .frame
            case .message: self = .message
            case .undecoded: self = .undecoded
            case .hole: self = .hole
            case .fin: self = .fin
            case .reset: self = .reset
            case .closing: self = .closing
            case .closed: self = .closed
            case .guessed, .effect: return nil
            }
        }

        /// From here on there is something to judge: a WebSocket connection, or the wish for one.
        var makesCase: Bool {
            switch self {
            case .head, .established, .frame: true
            case .opened, .message, .undecoded, .hole, .fin, .reset, .closing, .closed, .time, .violation: false
            }
        }
    }

    private var rules = [[Int]](repeating: [], count: Kind.allCases.count)

    subscript(kind: Kind) -> [Int] { rules[kind.rawValue] }

    mutating func add(_ rule: Int, watches: EventKinds) {
        for kind in Kind.allCases where watches.contains(EventKinds(rawValue: 1 << UInt16(kind.rawValue))) {
            rules[kind.rawValue].append(rule)
        }
    }
}

extension Event {
    fileprivate var isOfHandshake: Bool {
        if case .head(let head) = kind { head.isHandshake } else { false }
    }
}
