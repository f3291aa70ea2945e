/// The two formats of capture files, each read record by record.
enum CaptureFormat {
    case pcap(PcapRecords)
    case pcapng(PcapngBlocks)

    enum Step {
        /// The window's next bytes are this record; they are to be taken when it has been looked at.
        case record(CaptureRecord)
        case end(CaptureSummary.End)
    }

    /// Looks at how the file begins.
    init(_ input: inout FileWindow) throws(CaptureError) {
        let isFilled = try input.fill(4)
        let magic = isFilled ? RawSpan(_unsafeBytes: input.bytes).number(at: 0, as: UInt32.self) : 0
        if magic == Pcapng.BlockType.sectionHeader {
            self = .pcapng(PcapngBlocks())
        } else if let records = try PcapRecords(magic: magic, &input) {
            self = .pcap(records)
        } else {
            _ = try input.fill(16)
            throw .notACapture(path: input.file.path, found: Self.describe(input.bytes.prefix(16)))
        }
    }

    mutating func next(_ input: inout FileWindow) throws(CaptureError) -> Step {
        switch self {
        case .pcap(let records):
            return try records.next(&input)
        case .pcapng(var blocks):
            defer { self = .pcapng(blocks) }
            return try blocks.next(&input)
        }
    }

    /// Each section so far was written by `PcapngWriter`.
    var isOwnRecording: Bool {
        switch self {
        case .pcap: false
        case .pcapng(let blocks): blocks.isOwn
        }
    }

    private static func describe(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        if bytes.isEmpty { return "it is empty" }
        if bytes.starts(with: [0x1f, 0x8b]) { return "it is compressed with gzip, unpack it first" }
        if bytes.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return "it is compressed with zstd, unpack it first" }
        if bytes.allSatisfy({ 0x20..<0x7f ~= $0 || $0 == 10 || $0 == 13 || $0 == 9 }) {
            let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
            return "it begins with the text \"\(line)\""
        }
        let hex = bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "it begins with the bytes \(hex.joined(separator: " "))"
    }
}

/// One record or block of a capture file, as it stands at the beginning of a window's bytes.
struct CaptureRecord {
    /// Bytes of the whole record.
    let length: Int
    /// nil where the record is no packet, or none that can be understood.
    var packet: CapturedPacket?
    /// The record is a packet's, understood or not.
    var isPacket = false
}

/// What a capture file says of a packet.
struct CapturedPacket {
    let linkType: UInt32
    /// Nanoseconds since 1970; nil where the file does not say.
    let time: UInt64?
    /// Where in the record the packet's bytes are.
    let bytes: Range<Int>
    /// How many bytes the packet had when it was captured.
    let originalLength: Int
    /// Where in the record a comment of ours is, see `Remark`.
    var comment: Range<Int>?
}
