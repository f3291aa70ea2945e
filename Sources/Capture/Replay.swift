package import Connection

/// Reads a capture file into a sink together with random access to its bytes: directly where it is a recording of ours,
/// through a spool where somebody else captured it.
package struct Replay: ~Copyable {
    /// Grows as the replay does.
    package let recording: Recording

    package init(path: String) throws(CaptureError) { fatalError("declared, to be written next") }

    /// Reads everything into `sink`, with locations in `recording`.
    package mutating func read<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary {
        CaptureSummary()
    }

    /// Reads on, about a mebibyte of the file.
    /// - Returns: nil as long as there is more.
    package mutating func readSome<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary? {
        CaptureSummary()
    }
}
