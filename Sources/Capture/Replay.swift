package import Connection

/// Reads a capture file into a sink together with random access to its bytes: directly where it is a recording of ours,
/// through a spool where somebody else captured it or it comes through a pipe.
package struct Replay: ~Copyable {
    /// Grows as the replay does.
    package let recording: Recording

    private var reader: CaptureReader
    /// Writes the spool.
    private let writer: PcapngWriter?

    package init(path: String) throws(CaptureError) {
        let file = try OpenFile(reading: path)
        let reader = try CaptureReader(file)
        let isDirect = reader.isOwnRecording && file.isSeekable
        let writer = isDirect ? nil : try PcapngWriter(.spool)
        self.reader = reader
        self.writer = writer
        recording = writer?.recording ?? Recording(file)
    }

    /// Reads everything into `sink`, with locations in `recording`.
    package mutating func read<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary {
        while true {
            if let summary = try readSome(into: &sink) { return summary }
        }
    }

    /// Reads on, about a mebibyte of the file. What it told is in `recording` when it returns.
    /// - Returns: nil as long as there is more.
    package mutating func readSome<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary? {
        guard let writer else { return try reader.readSome(into: &sink) }
        let result: Result<CaptureSummary?, CaptureError> = withUnsafeMutablePointer(to: &sink) { pointer in
            var spooling = SpoolingSink(writer: writer, sink: pointer)
            return Result { () throws(CaptureError) in
                let summary = try reader.readSome(into: &spooling)
                if let failure = spooling.failure { throw failure }
                return summary
            }
        }
        try writer.flush()
        return try result.get()
    }
}

/// Records each segment and hands it on with its location.
private struct SpoolingSink<Sink: SegmentSink>: SegmentSink {
    let writer: PcapngWriter
    let sink: UnsafeMutablePointer<Sink>
    var failure: CaptureError?

    mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        var location: UInt64?
        do {
            location = try writer.write(segment, bytes)
        } catch {
            failure = error
        }
        sink.pointee.receive(segment.at(location), bytes)
    }
}

extension Segment {
    /// The same segment in another recording.
    func at(_ location: UInt64?) -> Segment {
        Segment(connection: connection, time: time, kind: kind, location: location)
    }
}
