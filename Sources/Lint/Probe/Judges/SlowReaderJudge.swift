/// M06: what a server does with messages for a client that does not read.
package enum SlowReaderJudge {
    package struct Load: Hashable, Sendable {
        /// Bytes of messages that were to be published for the slow reader.
        package let total: Int
        /// Of those, handed over to the server.
        package var sent = 0
        /// The server stopped taking messages.
        package var isPaused = false
        /// The server ended a connection.
        package var isEnded = false
        /// Bytes that the reader got when it read again.
        package var delivered = 0
        /// Of the server's memory, in bytes; nil where it could not be seen.
        package var growth: Int?

        package init(total: Int) { self.total = total }
    }

    /// - Parameter limit: More bytes of memory show that messages wait there.
    package static func judge(_ load: Load, limit: Int, _ exchange: [String]) -> ProbeOutcome {
        // Paused, cut off, or messages left out: each bounds what waits.
        if load.isPaused || load.isEnded || load.delivered < load.sent / 2 { return .pass("M06") }
        guard let growth = load.growth else {
            return .notApplicable("M06", "the server's memory cannot be seen from here")
        }
        guard growth > limit else {
            return .notApplicable("M06", "the system's buffers took what was sent")
        }
        return .finding(
            "M06",
            "\(Words.bytes(load.sent)) for a client that does not read are kept: the server's memory grew by "
                + Words.bytes(growth),
            exchange)
    }
}
