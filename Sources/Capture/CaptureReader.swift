package import Connection

/// Reads a capture file, pcap or pcapng, ours or anybody's, as segments; its memory does not grow with the file.
package struct CaptureReader: ~Copyable {
    private var input: FileWindow
    private var format: CaptureFormat
    private var reassembler: TCPReassembler
    private var summary = CaptureSummary()

    /// About how much `readSome` reads.
    private static let portion: UInt64 = 1 << 20

    /// - Parameter path: A file or a pipe.
    package init(path: String) throws(CaptureError) {
        try self.init(OpenFile(reading: path))
    }

    init(_ file: OpenFile) throws(CaptureError) {
        var input = FileWindow(file)
        var format = try CaptureFormat(&input)
        // A look at the first block, which is read again for good later.
        if case .end(.damaged(at: 0)) = try format.next(&input) {
            throw .notACapture(path: file.path, found: "it begins like one, but its first block is broken")
        }
        self.input = input
        self.format = format
        isOwnRecording = format.isOwnRecording
        reassembler = TCPReassembler(source: file.path.split(separator: "/").last.map { String($0) } ?? file.path)
    }

    /// The file, or its beginning, was written by `PcapngWriter`: `Recording` gives random access to it.
    package let isOwnRecording: Bool

    /// Reads everything into `sink`.
    package mutating func read<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary {
        while true {
            if let summary = try readSome(into: &sink) { return summary }
        }
    }

    /// Reads on, about a mebibyte of the file; for showing progress.
    /// - Returns: nil as long as there is more.
    package mutating func readSome<Sink: SegmentSink>(into sink: inout Sink) throws(CaptureError) -> CaptureSummary? {
        let stop = input.offset + Self.portion
        while input.offset < stop {
            switch try format.next(&input) {
            case .record(let record):
                receive(record, into: &sink)
                input.take(record.length)
            case .end(let end):
                return try finish(end, into: &sink)
            }
        }
        return nil
    }

    private mutating func receive<Sink: SegmentSink>(_ record: CaptureRecord, into sink: inout Sink) {
        guard record.isPacket else { return }
        summary.packets += 1
        guard let captured = record.packet else {
            summary.skipped += 1
            return
        }
        let frame = UnsafeRawBufferPointer(rebasing: input.bytes[captured.bytes])
        let packet: TCPPacket
        do {
            packet = try TCPPacket(
                RawSpan(_unsafeBytes: frame), linkType: captured.linkType, originalLength: captured.originalLength)
        } catch {
            summary.skip(captured, error)
            return
        }
        let remark = captured.comment.flatMap { Remark(String(RawSpan(_unsafeBytes: input.bytes).extracting($0))) }
        reassembler.receive(
            packet, Span(_unsafeBytes: UnsafeRawBufferPointer(rebasing: frame[packet.payload])),
            at: captured.time.map { Timestamp(nanoseconds: $0) }, location: input.offset, remark: remark,
            into: &sink)
    }

    private mutating func finish<Sink: SegmentSink>(
        _ end: CaptureSummary.End, into sink: inout Sink
    ) throws(CaptureError) -> CaptureSummary {
        reassembler.finish(into: &sink)
        summary.connections = UInt64(reassembler.opened)
        summary.conflicts = reassembler.conflicts
        summary.end = end
        if let linkType = summary.unreadableLinkType, summary.unreadable == summary.packets {
            throw .unsupportedLinkType(path: input.file.path, linkType: linkType)
        }
        return summary
    }
}
