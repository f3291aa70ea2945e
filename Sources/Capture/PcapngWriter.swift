package import Connection

/// Writes segments as a pcapng file. Used by one thread at a time.
package final class PcapngWriter {
    /// What is on disk so far, for random access while this writes on.
    package let recording: Recording

    package init(_ place: RecordingPlace) throws(CaptureError) { fatalError("declared, to be written next") }

    /// Adds a segment; it is on disk after `flush` at the latest.
    /// - Returns: The offset in the file at which its block begins: its `location`.
    package func write(_ segment: Segment, _ bytes: Span<UInt8>) throws(CaptureError) -> UInt64? { nil }

    /// Hands everything written to the operating system.
    package func flush() throws(CaptureError) {}
}
