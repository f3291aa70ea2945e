import Synchronization

/// Server push: a message an interval, without being asked.
package struct Ticker: Scenario {
    package static let name = "ticker"
    package static let summary =
        "pushes a price every second, or every N milliseconds with ?interval=N (\(fastest) at least); "
        + "who reads too slowly misses some"
    package static let path = "/ticker"

    static let fastest = 10
    /// A tick is left out rather than queued behind so many bytes.
    private static let mostQueued = 65_536

    package init() {}

    package func serve(_ connection: WebSocketConnection) {
        let interval = Ticker.interval(connection.target)
        let tick = Tick()
        connection.onMessage { _ in }
        connection.every(.milliseconds(interval)) {
            let text = tick.next()
            if connection.queuedBytes < Ticker.mostQueued { connection.send(text) }
        }
    }

    private static func interval(_ target: String) -> Int {
        let query = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
        let value = query.first { $0.hasPrefix("interval=") }?.dropFirst("interval=".count)
        return min(max(value.flatMap { Int($0) } ?? 1000, fastest), 3_600_000)
    }
}

/// A price that walks up and down, the same for each connection.
private final class Tick: Sendable {
    private let state = Mutex((number: 0, cents: 10_000))

    func next() -> String {
        let (number, cents) = state.withLock { state in
            state.number += 1
            // A fixed pattern, so that a gap shows.
            state.cents += [12, -7, 3, -15, 9, 21, -18][state.number % 7]
            return state
        }
        let fraction = cents % 100
        return
            #"{"tick":\#(number),"symbol":"RFC6455","price":\#(cents / 100).\#(fraction < 10 ? "0" : "")\#(fraction)}"#
    }
}
