import Connection

/// How the ladder tells times.
enum Clock: Hashable, Sendable, CaseIterable {
    /// The time of day.
    case day
    /// Since the connection opened.
    case sinceOpening
    /// Since the row before.
    case sincePrevious

    var next: Clock {
        switch self {
        case .day: .sinceOpening
        case .sinceOpening: .sincePrevious
        case .sincePrevious: .day
        }
    }

    /// What the head of the column says.
    func name(isRoomy: Bool) -> String {
        switch self {
        case .day: "time"
        case .sinceOpening: isRoomy ? "since open" : "open +"
        case .sincePrevious: isRoomy ? "since last" : "last +"
        }
    }
}

/// The time of day at a place, as hours, minutes, seconds and milliseconds.
struct TimeOfDay: Hashable, Sendable {
    private let milliseconds: UInt64

    /// - Parameter offset: Seconds that the place is ahead of UTC.
    init(_ time: Timestamp, offset: Int) {
        let shifted = Int64(time.nanoseconds / 1_000_000) + Int64(offset) * 1000
        milliseconds = UInt64(max(0, shifted)) % 86_400_000
    }

    /// Whether both times print the same up to the second.
    func isSameSecond(as other: TimeOfDay) -> Bool { milliseconds / 1000 == other.milliseconds / 1000 }

    /// "20:14:03.120"
    var full: String { hoursToSeconds + fraction }

    /// ".120"
    var fraction: String {
        let value = milliseconds % 1000
        return "." + (value < 100 ? "0" : "") + Figure.two(value)
    }

    /// "14:03.120"
    var minutes: String { String(full.dropFirst(3)) }

    /// "03.120"
    var secondsOnly: String { Figure.two(milliseconds / 1000 % 60) + fraction }

    private var hoursToSeconds: String {
        let seconds = milliseconds / 1000
        return Figure.two(seconds / 3600) + ":" + Figure.two(seconds / 60 % 60) + ":" + Figure.two(seconds % 60)
    }
}
