import Connection
import Inspector
import Wire

/// What a frame or its message says, laid out in lines for one view.
///
/// The last frame of a fragmented or compressed message shows the whole message, put together and inflated.
struct PayloadText {
    /// What it is, such as "message of 3 fragments, 1,204 bytes".
    let title: String
    /// What to know about it, such as that it goes on; nil if there is nothing.
    let note: String?
    /// It reads as text.
    let isText: Bool
    /// "payload", "fragment" or "message".
    let kind: String
    private let content: Content
    /// Not the frame's own bytes.
    private var isMessage: Bool { kind == "message" }

    private enum Content {
        case lines([StyledText])
        /// Read as it is looked at.
        case hex(count: Int, read: (Range<Int>) -> [UInt8])
    }

    init(log: Log, row: LogRow, frame: LogFrame, view: PayloadView, width: Int) {
        let source = Source(log: log, row: row, frame: frame)
        title = source.title
        kind = String(source.title.prefix { $0 != "," })
        isText = source.isText
        let isJSON = JSONLens.mayBe(source.start)
        switch view {
        case .hex:
            (content, note) = (.hex(count: source.count, read: source.read), source.fault)
        case .bits where source.isText && isJSON, .json:
            (content, note) = PayloadText.json(source, width: width, isAsked: view == .json)
        case .bits where !source.isText:
            (content, note) = (.hex(count: source.count, read: source.read), source.fault)
        case .bits, .text:
            let bytes = source.read(0..<DetailCache.textLimit)
            content = .lines(TextLens.lines(bytes).flatMap { $0.wrapped(to: width) })
            note = source.fault ?? PayloadText.cutNote(source.count)
        }
    }

    var lineCount: Int {
        switch content {
        case .lines(let lines): lines.count
        case .hex(let count, _): HexLens.lineCount(of: count)
        }
    }

    /// - Parameter selected: The byte that is marked where bytes are shown as hex.
    func lines(_ range: Range<Int>, selected: Int? = nil) -> [StyledText] {
        let range = range.clamped(to: 0..<lineCount)
        switch content {
        case .lines(let lines): return Array(lines[range])
        case .hex(let count, let read):
            let start = range.lowerBound * HexLens.bytesPerLine
            let bytes = read(start..<min(count, range.upperBound * HexLens.bytesPerLine))
            return stride(from: 0, to: bytes.count, by: HexLens.bytesPerLine).map { offset in
                HexLens.line(
                    bytes[offset..<min(bytes.count, offset + HexLens.bytesPerLine)], at: start + offset,
                    selected: isMessage ? nil : selected)
            }
        }
    }

    private static func cutNote(_ count: Int) -> String? {
        guard count > DetailCache.textLimit else { return nil }
        return "the first \(Figure.bytes(DetailCache.textLimit)); hex shows all"
    }

    private static func json(_ source: Source, width: Int, isAsked: Bool) -> (Content, String?) {
        let bytes = source.read(0..<DetailCache.textLimit)
        do {
            let lines = try JSONLens.lines(bytes)
            return (.lines(lines.flatMap { $0.wrapped(to: width) }), source.fault)
        } catch {
            let lines = TextLens.lines(bytes).flatMap { $0.wrapped(to: width) }
            let why = "no JSON: byte \(error.offset) should be \(error.expected)"
            return (.lines(lines), cutNote(source.count) ?? (isAsked ? why : source.fault))
        }
    }
}

/// The bytes behind a `PayloadText`: of a message, if the frame completes one, else of the frame.
private struct Source {
    let title: String
    let count: Int
    let isText: Bool
    let fault: String?
    let start: [UInt8]
    let read: (Range<Int>) -> [UInt8]

    init(log: Log, row: LogRow, frame: LogFrame) {
        if frame.completesMessage, let message = log.message(of: row, count: 64) {
            title = frame.isCompressed ? "message, inflated" : "message, all fragments"
            count = message.count
            isText = message.opcode == .text
            fault = message.truncation.map { Source.describe($0) }
            start = message.bytes
            read = { range in
                guard !range.isEmpty else { return [] }
                return log.message(of: row, from: range.lowerBound, count: range.count)?.bytes ?? []
            }
            return
        }
        let opcode = frame.header.opcode
        title =
            frame.isCompressed
            ? "payload, compressed" : frame.message != nil && !frame.header.fin ? "fragment" : "payload"
        count = Int(clamping: frame.received)
        start = log.payload(of: row, count: 64)
        isText = !frame.isCompressed && opcode != .binary && (opcode == .text || TextLens.isLikelyText(start))
        fault =
            frame.isComplete
            ? nil : "\(Figure.count(frame.received)) of \(Figure.count(frame.header.payloadLength)) bytes came"
        read = { range in range.isEmpty ? [] : log.payload(of: row, from: range.lowerBound, count: range.count) }
    }

    private static func describe(_ truncation: Event.Truncation) -> String {
        switch truncation {
        case .limit: "the message is larger than what is kept"
        case .notInflated: "the message cannot be inflated any further"
        case .hole: "bytes of the message are missing in the recording"
        case .unfinished: "the message's last frame never came"
        }
    }
}
