/// A Close frame's body field by field, RFC 6455 §5.5.1.
extension ClosePayload {
    /// - Parameter start: The bit at which the body begins, counted from the first bit of the frame.
    package func fields(from start: Int) -> [FrameField] {
        switch self {
        case .empty: []
        case .truncated(let byte):
            [
                FrameField(
                    .statusCode, bits: start..<(start + 8), value: "0x\(byte.hex)",
                    meaning: "one byte is no status code: a Close body is empty or has at least two",
                    section: "RFC 6455 §5.5.1")
            ]
        case .status(let code, let reason):
            [codeField(code, start)] + (reason.isEmpty ? [] : [reasonField(reason, start + 16)])
        }
    }

    private func codeField(_ code: StatusCode, _ start: Int) -> FrameField {
        var meaning = code.meaning ?? "nobody gave this number a meaning"
        if !code.isAllowedOnWire { meaning += ", which must not be on the wire" }
        return FrameField(
            .statusCode, bits: start..<(start + 16), value: code.description, meaning: meaning,
            section: "RFC 6455 §7.4")
    }

    private func reasonField(_ reason: [UInt8], _ start: Int) -> FrameField {
        let isValid = UTF8Validator.isValid(reason.span)
        return FrameField(
            .reason, bits: start..<(start + reason.count * 8), value: SafeText.escape(reason),
            meaning: isValid ? "for a person who debugs, not for a user" : "must be valid UTF-8, and is not",
            section: "RFC 6455 §5.5.1")
    }
}
