import Connection
import Wire

/// The last large frame of each side, behind which a Pong may have waited.
struct LargeFrames {
    private let size: UInt64
    private var last = BothSides<(frame: Event.Frame, end: Timestamp)?>(nil)

    /// - Parameter size: What is larger is remembered.
    init(over size: Int) { self.size = UInt64(max(size, 0)) }

    mutating func see(_ frame: borrowing Event.Frame, at time: Timestamp) {
        if frame.received > size { last[frame.side] = (copy frame, time) }
    }

    /// The frame whose transfer took at least half of the time that the Pong of `side` let wait.
    func delaying(_ ping: Event.Ping, of side: Side) -> Event.Frame? {
        guard let (frame, end) = last[side] else { return nil }
        return 2 * end.since(max(frame.began, ping.sent)) >= ping.roundTrip ? frame : nil
    }
}
