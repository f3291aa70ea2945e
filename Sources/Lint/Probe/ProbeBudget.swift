/// How much a probe may cost the server, at the most. Printed before it begins.
package struct ProbeBudget: Hashable, Sendable, CustomStringConvertible {
    /// In all.
    package var connections = 100
    /// At the same time.
    package var open = 60
    /// Bytes sent.
    package var bytes = 48 << 20
    package var seconds = 120

    package init() {}

    /// - Parameter isSlow: Whether steps may wait for a minute.
    package init(isSlow: Bool) { seconds = isSlow ? 300 : 120 }

    package var description: String {
        "at most \(connections) connections (\(open) at once), \(Words.bytes(bytes)) sent, \(seconds) s"
    }
}

/// What a probe has cost so far.
package struct ProbeUse: Hashable, Sendable, CustomStringConvertible {
    package var connections = 0
    package var open = 0
    package var mostOpen = 0
    package var bytes = 0
    package var nanoseconds: Int64 = 0

    package var description: String {
        "\(Words.count(connections, "connection")) (\(mostOpen) at once), \(Words.bytes(bytes)) sent, "
            + Words.duration(nanoseconds)
    }
}
