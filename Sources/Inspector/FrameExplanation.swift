import Connection
package import Wire

/// Frames as bytes, explained bit by bit for a person: what `ws101 decode` prints.
///
/// Any bytes can be explained: several frames in a row, broken ones, the first half of one.
package struct FrameExplanation: Hashable, Sendable {
    /// At most 80 columns each, safe for a terminal.
    package let lines: [String]
    /// Everything that is wrong, of all frames.
    package let violations: [Violation]
    /// Whether the bytes end where a frame does.
    package let isComplete: Bool

    /// - Parameter sender: Who sent them; nil guesses from the first frame's MASK bit.
    package init(_ bytes: [UInt8], sender: Side? = nil) {
        var reader = ExplainedFrames(bytes, sender: sender)
        reader.readAll()
        let rests = ExplainedRest(bytes: bytes, from: reader.end, of: reader.frames.last).lines
        let pages =
            FrameExplanation.hint(bytes) + reader.frames.map { $0.lines(of: bytes) } + (rests.isEmpty ? [] : [rests])
        lines = Array(pages.joined(separator: [""]))
        violations = reader.frames.flatMap(\.violations)
        isComplete = rests.isEmpty
    }

    /// The usual mistake.
    private static func hint(_ bytes: [UInt8]) -> [[String]] {
        let isHTTP = ["GET ", "HTTP"].contains { bytes.starts(with: $0.utf8) }
        return isHTTP ? [["These bytes look like an HTTP head: frames begin behind its blank line."]] : []
    }
}

/// Takes the bytes apart and judges every frame.
private struct ExplainedFrames {
    private(set) var frames: [ExplainedFrame] = []
    /// Where the last header or payload ends.
    private(set) var end = 0

    private let bytes: [UInt8]
    private let sender: Side?
    private var judge: FrameJudge
    /// Takes the context over: right where the bytes begin with a connection's first message, and harmless elsewhere.
    private let inflater = Inflater(windowBits: 15, noContextTakeover: false)

    /// The most that one frame's payload is inflated to.
    private static let inflationLimit = 1 << 20

    init(_ bytes: [UInt8], sender: Side?) {
        self.bytes = bytes
        let first = FrameHeader.read(bytes.span, at: 0)
        self.sender = sender
        // Nobody said what was negotiated, or what came before: RSV1 is taken for compression, and a continuation for
        // the rest of a message.
        judge = FrameJudge(
            sender: sender ?? (first?.isMasked == true ? .client : .server), isCompressionAgreed: true,
            startsMidstream: true)
    }

    mutating func readAll() {
        while let header = FrameHeader.read(bytes.span, at: end) {
            let start = end
            let count = Int(min(UInt64(bytes.count - start - header.size), header.payloadLength))
            end = start + header.size + count
            frames.append(read(header, at: start, payload: Array(bytes[(end - count)..<end])))
        }
    }

    private mutating func read(_ header: FrameHeader, at start: Int, payload masked: [UInt8]) -> ExplainedFrame {
        var payload = masked
        if let key = header.maskingKey { payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        let isComplete = UInt64(payload.count) == header.payloadLength
        var violations = judge.begin(header)
        let inflation = header.isControl ? .none : inflate(payload, header, isComplete: isComplete)
        switch inflation {
        case .none: judgePayload(payload, header, isComplete: isComplete, &violations)
        case .bytes(let inflated):
            if let found = judge.applicationData(inflated.span, at: nil) { violations.append(found) }
        case .impossible: judge.missBytes()
        }
        if isComplete, let found = judge.end() { violations.append(found) }
        return ExplainedFrame(
            number: frames.count + 1, start: start, header: header, sender: judge.sender,
            isSenderGuessed: sender == nil,
            payload: payload, inflation: inflation, violations: violations)
    }

    private mutating func judgePayload(
        _ payload: [UInt8], _ header: FrameHeader, isComplete: Bool, _ violations: inout [Violation]
    ) {
        if header.opcode == .close {
            if isComplete { violations += judge.closeBody(payload.span) }
        } else if !header.isControl, let found = judge.applicationData(payload.span, at: 0) {
            violations.append(found)
        }
    }

    private func inflate(_ payload: [UInt8], _ header: FrameHeader, isComplete: Bool) -> ExplainedFrame.Inflation {
        guard judge.message?.isCompressed == true else { return .none }
        var inflated: [UInt8] = []
        let result = inflater.inflate(
            payload.span, isLast: header.fin && isComplete, into: &inflated, limit: ExplainedFrames.inflationLimit)
        return result == .ok ? .bytes(inflated) : .impossible
    }
}

/// What follows the last frame, or is missing from it.
private struct ExplainedRest {
    let bytes: [UInt8]
    let from: Int
    let of: ExplainedFrame?

    var lines: [String] {
        let rest = bytes.count - from
        if rest > 0 { return header(rest) }
        guard let frame = of else { return bytes.isEmpty ? ["there are no bytes"] : [] }
        let missing = frame.header.payloadLength - UInt64(frame.payload.count)
        if missing == 0 { return [] }
        return "The bytes end here: \(missing) of the payload's \(frame.header.payloadLength) bytes are missing."
            .wrapped(to: 80)
    }

    private func header(_ rest: Int) -> [String] {
        let size = rest > 1 ? "\(FrameHeader.size(byte1: bytes[from + 1]))" : "at least 2"
        let begin = bytes[from...].map(\.hex).joined(separator: " ")
        let place = from == 0 ? "" : "At byte \(from): "
        return ["\(place)\(begin)", "The bytes end inside a header of \(size) bytes."]
    }
}
