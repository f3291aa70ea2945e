import Connection
import Inspector
import Wire

/// Which connection is shown as long as no person chose one.
extension Watch {
    /// Live: guests before the program's own demo, and the one that is shown as long as it lasts.
    mutating func chooseLive() {
        let isTouched = isScopeChosen || pause != nil || selection != nil || detail != nil || focus == .connections
        guard !isTouched else { return }
        let count = log.connectionCount
        let newest = log.connections(max(0, count - Watch.choiceDepth)..<count)
        let guests = newest.filter(\.isGuest)
        let shown = scopeConnection
        if let shown, shown.state != .closed, shown.isGuest || guests.isEmpty { return }
        if let guest = guests.last(where: { $0.state != .closed }) ?? guests.last {
            show(.connection(guest.id))
        } else if let next = shown == nil ? newest.first : newest.last(where: { $0.path == shown?.path }) {
            // The demo's tour comes again.
            show(.connection(next.id))
        }
    }

    /// A recording is read from its beginning.
    mutating func chooseFirst() {
        guard !isScopeChosen, scope == .all, let first = log.connections(0..<1).first else { return }
        show(.connection(first.id))
        select(0, in: list)
    }

    private var scopeConnection: ConnectionSummary? {
        switch scope {
        case .all: nil
        case .connection(let id): summary(id)
        }
    }

    /// How many of the newest connections are looked at.
    private static let choiceDepth = 32
}

extension ConnectionSummary {
    /// Not the demo with which the program shows what it can do; nobody knows before the request is there.
    fileprivate var isGuest: Bool {
        guard let request else { return state != .connecting }
        return request.head.values("User-Agent") != ["ws101-demo"]
    }
}
