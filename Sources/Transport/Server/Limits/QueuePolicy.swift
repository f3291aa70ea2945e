/// What becomes of messages for a client who reads more slowly than others send, when `maximumQueue` bytes wait for him.
public enum QueuePolicy: Hashable, Sendable {
    /// The connection ends with 1013: he comes back and asks anew.
    case disconnect
    /// Whoever sends is not read from until there is room again: nothing is lost, and the slowest sets the pace. For as long as
    /// `patience`; then as `disconnect`.
    case wait(patience: Duration)
    /// The oldest messages that wait are not sent.
    case dropOldest
    /// Of each topic only the newest message waits; then as `dropOldest`.
    case newestPerTopic
}

extension QueuePolicy {
    /// As on the command line.
    package static let names = ["disconnect", "wait", "drop-oldest", "newest-per-topic"]

    /// Nil where there is no policy of that name.
    package init?(named name: String, patience: Duration = .seconds(2)) {
        switch name {
        case "disconnect": self = .disconnect
        case "wait": self = .wait(patience: patience)
        case "drop-oldest": self = .dropOldest
        case "newest-per-topic": self = .newestPerTopic
        default: return nil
        }
    }

    package var name: String {
        switch self {
        case .disconnect: "disconnect"
        case .wait: "wait"
        case .dropOldest: "drop-oldest"
        case .newestPerTopic: "newest-per-topic"
        }
    }
}
