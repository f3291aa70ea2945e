import Connection
import Synchronization

/// What becomes of a server's requests and connections, counted.
final class ServerTally: Sendable {
    private struct State {
        var accepted = 0
        var refused: [Int: Int] = [:]
        var closed: [UInt16: Int] = [:]
    }

    private let state = Mutex(State())

    func accepted() { state.withLock { $0.accepted += 1 } }
    func refused(_ status: Int) { state.withLock { $0.refused[status, default: 0] += 1 } }
    /// - Parameter code: The close code as the server concluded it, or the one it sent where it was first.
    func closed(_ code: UInt16) {
        // A client may send any code of 3000…4999: together they are one line each.
        let line: UInt16 = code < 3000 ? code : code < 4000 ? 3000 : 4000
        state.withLock { $0.closed[line, default: 0] += 1 }
    }

    var acceptedCount: Int { state.withLock { $0.accepted } }
    var refusedByStatus: [(Int, Int)] { state.withLock { $0.refused }.sorted { $0.key < $1.key }.map { ($0, $1) } }
    var closedByCode: [(UInt16, Int)] { state.withLock { $0.closed }.sorted { $0.key < $1.key }.map { ($0, $1) } }
}
