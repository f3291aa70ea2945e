import Connection
import Dispatch
import Synchronization

/// Work that takes its time: a message `250` has the server work for so many milliseconds, and tells when it is done.
///
/// It is done beside the event loop. The twin (`blocksEventLoop`) does it on the event loop, as a callback does that sorts,
/// hashes or waits for a database: meanwhile no other connection of that loop is served, and no Ping answered.
package final class Work: Scenario {
    package static let name = "work"
    package static let summary =
        "works for as many milliseconds as a message says, at most \(mostMilliseconds), while all others are served"
    package static let path = "/work"

    static let mostMilliseconds = 5_000
    /// Of one connection; further ones are refused until one is done.
    private static let mostAtOnce = 4

    private let queue = DispatchQueue(label: "ws101.work", attributes: .concurrent)

    package init() {}

    package func serve(_ connection: WebSocketConnection) {
        let slots = Slots(Work.mostAtOnce)
        connection.onMessage { [queue] message in
            guard let milliseconds = Int(message.text), (0...Work.mostMilliseconds).contains(milliseconds) else {
                return connection.send("send a number of milliseconds, at most \(Work.mostMilliseconds)")
            }
            if connection.faults.contains(.blocksEventLoop) {
                return connection.send(Work.perform(milliseconds, on: "the event loop"))
            }
            guard slots.take() else { return connection.send("\(Work.mostAtOnce) at a time, wait for one of them") }
            queue.async {
                connection.send(Work.perform(milliseconds, on: "another thread"))
                slots.give()
            }
        }
    }

    /// Keeps a processor busy, as work does.
    private static func perform(_ milliseconds: Int, on place: String) -> String {
        let start = Clock.now()
        let end = start.adding(nanoseconds: Int64(milliseconds) * 1_000_000)
        var sum: UInt64 = 0
        while Clock.now() < end { sum = sum &* 6_364_136_223_846_793_005 &+ 1 }
        let took = Clock.now().since(start) / 1_000_000
        return #"{"worked":\#(took),"on":"\#(place)","sum":\#(sum >> 40)}"#
    }
}

/// So many at a time.
private final class Slots: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(count) }

    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func give() { free.withLock { $0 += 1 } }
}
