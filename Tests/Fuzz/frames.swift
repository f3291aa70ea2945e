import Wire

/// Frames: every cut gives the same, nothing is lost, what is read is written again, text is judged as Swift judges it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = FuzzInput(start, count)
    let whole = decode([input.bytes])
    let cut = decode(input.pieces)
    require(whole.bytes == input.bytes, "bytes were lost: \(whole.bytes)")
    require(whole == cut, "cut, it is \(cut) instead of \(whole)")
    return 0
}

private struct Outcome: Equatable {
    /// Headers and payloads as they were on the wire.
    var bytes: [UInt8] = []
    var headers: [FrameHeader] = []
    var texts: [Bool] = []
    var isAtBoundary = true
}

private func decode(_ pieces: [[UInt8]]) -> Outcome {
    var decoder = FrameDecoder()
    var validator = UTF8Validator()
    var outcome = Outcome()
    var payload: [UInt8] = []
    for piece in pieces {
        var offset = 0
        while let step = decoder.next(piece.span, at: &offset) {
            switch step {
            case .header(let header):
                outcome.headers.append(header)
                outcome.bytes += header.bytes
                _ = header.fields(sender: .client)
                validator = UTF8Validator()
                payload = []
            case .payload(let range):
                outcome.bytes += piece[range]
                var unmasked = Array(piece[range])
                let phase = Int(decoder.payloadOffset)
                require(phase == payload.count, "payloadOffset is \(phase) behind \(payload.count) bytes")
                if let key = decoder.header.maskingKey {
                    unmasked.withUnsafeMutableBytes { Masking.apply(key, to: $0, phase: phase) }
                }
                payload += unmasked
                _ = validator.validate(unmasked.span)
            case .end:
                let isText = String(validating: payload, as: UTF8.self) != nil
                require(validator.isComplete == isText, "text is \(isText)")
                outcome.texts.append(isText)
                if decoder.header.opcode == .close {
                    require(ClosePayload(payload.span).bytes == payload, "the Close body changed")
                }
            }
        }
        require(offset == piece.count, "\(piece.count - offset) bytes were left")
    }
    outcome.bytes += decoder.pendingHeader
    outcome.isAtBoundary = decoder.isAtBoundary
    return outcome
}
