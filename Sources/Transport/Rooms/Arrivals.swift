import Synchronization

/// Messages of other nodes on their way to the members here. The broker's thread does not wait for the event loops; so
/// what may wait for them is bounded, and what is left out is told.
final class Arrivals: Sendable {
    private struct State {
        var waiting = 0
        var left: [String: Int] = [:]
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: Bytes.
    init(most: Int) { self.most = most }

    func deliver(_ kind: Message.Kind, _ bytes: [UInt8], _ room: String, _ rooms: Rooms) {
        // Never nothing, for a queue of empty messages has no end either.
        let size = bytes.count + 64
        let isTaken = state.withLock { state in
            guard state.waiting + size <= most else {
                state.left[room, default: 0] += 1
                return false
            }
            state.waiting += size
            return true
        }
        guard isTaken else { return }
        Fanout.send(kind, bytes, to: rooms.members(of: room)) { [weak self] in self?.arrived(size, rooms) }
    }

    private func arrived(_ size: Int, _ rooms: Rooms) {
        let left = state.withLock { state -> [String: Int] in
            state.waiting -= size
            guard state.waiting < most / 2 else { return [:] }
            defer { state.left = [:] }
            return state.left
        }
        for (room, count) in left { rooms.notify(.left(count), room) }
    }
}
