import Inspector
import Wire

/// The selected place of the bit ruler.
struct RulerPosition: Hashable, Sendable {
    /// The field, by its place among the frame's fields.
    var field = 0
    /// A byte of the application data; nil: the field as a whole.
    var byte: Int?
}

/// The fields of a frame as a person walks along them: every field of the header, the application data as a whole and
/// byte by byte, and what a Close frame's body means.
struct Ruler: Hashable, Sendable {
    let fields: [FrameField]
    /// Payload bytes that came.
    let byteCount: Int
    private let applicationData: Int?

    /// - Parameter payload: The beginning of the payload, unmasked; of a control frame all of it.
    init(_ frame: LogFrame, payload: [UInt8]) {
        var fields = frame.header.fields(sender: frame.side)
        applicationData = fields.firstIndex { $0.name == .applicationData }
        if frame.header.opcode == .close, frame.isComplete {
            fields += ClosePayload(payload.span).fields(from: frame.header.size * 8)
        }
        self.fields = fields
        byteCount = Int(clamping: frame.received)
    }

    func clamped(_ position: RulerPosition) -> RulerPosition {
        var result = position
        result.field = position.field.clamped(to: 0...(fields.count - 1))
        if result.field != applicationData || byteCount == 0 { result.byte = nil }
        result.byte = result.byte.map { $0.clamped(to: 0...(byteCount - 1)) }
        return result
    }

    /// One step to the right or left.
    func position(_ position: RulerPosition, moved step: Int) -> RulerPosition {
        var result = clamped(position)
        guard result.field == applicationData, byteCount > 0 else {
            let target = result.field + step
            guard fields.indices.contains(target) else { return result }
            // From the right one enters the payload at its last byte.
            let entersBehind = step < 0 && target == applicationData && byteCount > 0
            return RulerPosition(field: target, byte: entersBehind ? byteCount - 1 : nil)
        }
        let byte = (result.byte ?? -1) + step
        if byte == -1 { result.byte = nil }
        if byte >= 0, byte < byteCount { result.byte = byte }
        if byte < -1 { result = RulerPosition(field: max(0, result.field - 1), byte: nil) }
        if byte >= byteCount, result.field + 1 < fields.count { result = RulerPosition(field: result.field + 1) }
        return result
    }

    func field(at position: RulerPosition) -> FrameField? {
        fields.indices.contains(position.field) ? fields[position.field] : fields.last
    }
}
