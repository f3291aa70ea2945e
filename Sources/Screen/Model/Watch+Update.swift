import Connection
import Inspector
import Wire

extension Watch {
    /// What happens outside of the place.
    enum Effect: Hashable, Sendable {
        case quit, suspend, redraw
    }

    /// Does what a key asks for.
    mutating func handle(_ key: Key) -> Effect? {
        notice = nil
        if prompt != nil { return type(key) }
        switch key {
        case .click(let row, let column): click(row: row, column: column)
        case .wheelUp(let row, let column): wheel(-3, row: row, column: column)
        case .wheelDown(let row, let column): wheel(3, row: row, column: column)
        default:
            guard let (binding, action) = Bindings.find(key, in: self) else { return nil }
            if let reason = binding.whyDisabled(self) {
                notice = reason
                return nil
            }
            return perform(action)
        }
        return nil
    }

    mutating func perform(_ action: Action) -> Effect? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): move(count * max(1, pageHeight - 1))
        case .first: goToEdge(isLast: false)
        case .last: goToEdge(isLast: true)
        case .field(let step): walkField(step)
        case .neighbour(let step): openNeighbour(step)
        case .match(let step): goToMatch(step)
        case .open: open()
        case .back: goBack()
        case .focusConnections: focus = focus == .connections ? .ladder : .connections
        case .handshake: connection.map { open(.handshake($0)) }
        case .closing: connection.map { open(.closing($0)) }
        case .connection(let step): moveConnection(step)
        case .follow: toggleFollow()
        case .pause: togglePause()
        case .clock: clock = clock.next
        case .view(let step): changeView(step)
        case .showAll: showsAll.toggle()
        case .filter: prompt = Prompt(.filter, text: filter?.source ?? "")
        case .command: prompt = Prompt(.command)
        case .help: detail == .help ? close() : open(.help)
        case .quit: return .quit
        case .suspend: return .suspend
        case .redraw: return .redraw
        }
        return nil
    }
}
