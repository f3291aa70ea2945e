import Connection
import Wire

/// How often heartbeats come: for each side, and for Pings and the application's own apart, the last eight intervals.
struct Pulse {
    struct Source: Hashable, CaseIterable {
        let side: Side
        /// A Ping or an unasked Pong; else a message of the application.
        let isControl: Bool

        static let allCases = [true, false].flatMap { isControl in
            Side.allCases.map { Source(side: $0, isControl: isControl) }
        }

        fileprivate var index: Int { (side == .client ? 0 : 1) + (isControl ? 0 : 2) }

        /// "a Ping of the server", "a heartbeat message of the client".
        var words: String { "a \(isControl ? "Ping" : "heartbeat message") of the \(side)" }
    }

    private struct Beats {
        var last: Timestamp?
        var lastFrame: UInt64 = 0
        var intervals: [Int64] = []
        var count = 0
    }

    private var beats: [Beats] = []
    private static let kept = 8

    mutating func beat(_ source: Source, frame: UInt64, at time: Timestamp) {
        if beats.isEmpty { beats = Array(repeating: Beats(), count: Source.allCases.count) }
        let index = source.index
        if let last = beats[index].last {
            if beats[index].intervals.count == Self.kept { beats[index].intervals.removeFirst() }
            beats[index].intervals.append(time.since(last))
        }
        beats[index].last = time
        beats[index].lastFrame = frame
        beats[index].count += 1
    }

    /// Whether there was any.
    var hasBeats: Bool { beats.contains { $0.count > 0 } }

    /// The source that beats most often, and the median of its intervals; nil before the second of them.
    var steadiest: (source: Source, interval: Int64, isRegular: Bool, frame: UInt64)? {
        Source.allCases.compactMap { source -> (Source, Int64, Bool, UInt64)? in
            guard !beats.isEmpty, beats[source.index].intervals.count >= 2 else { return nil }
            let sorted = beats[source.index].intervals.sorted()
            let median = sorted[sorted.count / 2]
            let isRegular = sorted[sorted.count - 1] - sorted[0] <= median / 4
            return (source, median, isRegular, beats[source.index].lastFrame)
        }.min { $0.1 < $1.1 }
    }
}
