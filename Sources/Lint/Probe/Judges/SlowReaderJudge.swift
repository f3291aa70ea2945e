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
        /// Bytes that the server had handed to its system when the reader began to read; nil where they could not be
        /// seen.
        package var unsent: Int?
        /// Bytes that the server had not read by then.
        package var unread = 0
        /// Of the server's memory, in bytes; nil where it could not be seen. Memory that was free inside the process
        /// before does not show.
        package var growth: Int?

        package init(total: Int) { self.total = total }
    }

    /// Who lets so many bytes wait has stopped reading.
    private static let unreadAtRest = 64 << 10

    /// - Parameter limit: So many bytes may wait in the server's own memory.
    package static func judge(_ load: Load, limit: Int, _ exchange: [String]) -> ProbeOutcome {
        // Paused, cut off, or messages left out: each bounds what waits.
        let isPaused = load.isPaused || load.unread > unreadAtRest
        if isPaused || load.isEnded || load.delivered < load.sent / 2 { return .pass("M06") }
        guard let unsent = load.unsent else {
            return .notApplicable("M06", "the server's end of the connection cannot be seen from here")
        }
        let kept = load.delivered - unsent
        guard kept > limit else { return .notApplicable("M06", "the system's buffers took what was sent") }
        let growth = load.growth.map { $0 > 0 ? ", which grew by \(Words.bytes($0))" : "" } ?? ""
        return .finding(
            "M06",
            "of \(Words.bytes(load.delivered)) for a client that does not read, \(Words.bytes(kept)) wait in the "
                + "server's memory\(growth)",
            exchange)
    }
}
