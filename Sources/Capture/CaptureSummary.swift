/// What a capture held, and what of it could not be understood.
package struct CaptureSummary: Hashable, Sendable {
    /// Packets in the file.
    package var packets: UInt64 = 0
    /// Packets without TCP over IP, or with a link layer this does not read.
    package var skipped: UInt64 = 0
    /// TCP connections seen.
    package var connections: UInt64 = 0
    /// How the file ended.
    package var end = End.complete

    package init() {}

    package enum End: Hashable, Sendable {
        case complete
        /// The last block is cut off; it begins at this offset, and everything before it was read.
        case truncated(at: UInt64)
        /// At this offset stands no block; everything before it was read.
        case damaged(at: UInt64)
    }

    /// One sentence for each thing a reader of the capture should know.
    package var warnings: [String] { [] }
}
