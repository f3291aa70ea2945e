package import Connection

/// Reads a capture file, pcap or pcapng, ours or anybody's, as segments; its memory does not grow with the file.
package struct CaptureReader: ~Copyable {
    /// The file was written by `PcapngWriter`: `Recording` gives random access to it.
    package let isOwnRecording: Bool

    package init(path: String) throws(CaptureError) { fatalError("declared, to be written next") }

    /// Reads everything into `sink`.
    package mutating func read<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary {
        CaptureSummary()
    }

    /// Reads on, about a mebibyte of the file; for showing progress.
    /// - Returns: nil as long as there is more.
    package mutating func readSome<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary? {
        CaptureSummary()
    }
}
