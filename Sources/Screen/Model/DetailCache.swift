import Connection
import Inspector
import Wire

/// What was read from the recording for what is visible, so that a redraw reads nothing twice. Rows never change.
final class DetailCache {
    private let log: Log
    private var previews: [Int: String] = [:]
    private var starts: [Int: [UInt8]] = [:]
    private var text: (key: TextKey, text: PayloadText)?

    private struct TextKey: Hashable {
        let row: Int
        let view: PayloadView
        let width: Int
    }

    /// A payload's beginning, enough for a control frame and for a line of the ladder.
    static let startCount = 256
    /// How much of a payload is laid out as text or JSON; hex has no limit.
    static let textLimit = 262_144
    private static let capacity = 1024

    init(log: Log) { self.log = log }

    /// The first bytes of a frame's payload, unmasked, as they were on the wire.
    func start(of row: LogRow) -> [UInt8] {
        if let known = starts[row.id] { return known }
        let bytes = log.payload(of: row, count: DetailCache.startCount)
        if starts.count >= DetailCache.capacity { starts.removeAll(keepingCapacity: true) }
        starts[row.id] = bytes
        return bytes
    }

    /// Any bytes of a frame's payload.
    func bytes(of row: LogRow, _ range: Range<Int>) -> [UInt8] {
        if range.upperBound <= DetailCache.startCount {
            let start = start(of: row)
            return Array(start[range.clamped(to: 0..<start.count)])
        }
        return log.payload(of: row, from: range.lowerBound, count: range.count)
    }

    /// What a frame says, on one line; of a compressed message what it says inflated.
    func preview(of row: LogRow, _ frame: LogFrame) -> String {
        if let known = previews[row.id] { return known }
        let preview = makePreview(of: row, frame)
        if previews.count >= DetailCache.capacity { previews.removeAll(keepingCapacity: true) }
        previews[row.id] = preview
        return preview
    }

    private func makePreview(of row: LogRow, _ frame: LogFrame) -> String {
        let isInflated = frame.isCompressed && frame.completesMessage
        if isInflated, let message = log.message(of: row, count: DetailCache.startCount) {
            return TextLens.preview(message.bytes, isText: message.opcode == .text)
        }
        let bytes = start(of: row)
        switch frame.header.opcode {
        case .close:
            guard case .status(let code, let reason) = ClosePayload(bytes.span) else { return Figure.hex(bytes) }
            return reason.isEmpty ? "\(code)" : "\(code) \(SafeText.escape(reason))"
        case .text: return TextLens.preview(bytes, isText: !frame.isCompressed)
        case .binary: return Figure.hex(bytes.prefix(64))
        case .continuation where log.message(of: row, count: 0)?.opcode == .text:
            return TextLens.preview(bytes, isText: true)
        case .continuation, .ping, .pong, .reserved:
            return TextLens.preview(bytes, isText: !frame.isCompressed && TextLens.isLikelyText(bytes))
        }
    }

    /// A payload laid out for a view.
    func text(of row: LogRow, _ frame: LogFrame, view: PayloadView, width: Int) -> PayloadText {
        let key = TextKey(row: row.id, view: view, width: width)
        if let text, text.key == key { return text.text }
        let made = PayloadText(log: log, row: row, frame: frame, view: view, width: width)
        text = (key, made)
        return made
    }
}
