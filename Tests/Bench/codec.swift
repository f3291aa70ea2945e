internal import Wire

/// Nanoseconds a frame: masked text frames of 125 bytes, in reads of 16 KiB, as a server gets them.
///
/// Prints three figures, each the best of many rounds: header parse and hand-over; the same with unmasking; and with
/// UTF-8 checked too.
@main
enum Codec {
    static let payload = [UInt8]((0..<25).map { "t:\($0 % 10)1;" }.joined().utf8)
    static let framesPerRead = 125
    static let rounds = 400

    static func main() {
        var key = MaskingKey(0x37, 0xfa, 0x21, 0x3d)
        var stream: [UInt8] = []
        for index in 0..<framesPerRead {
            key = key.rotated(by: index)
            var body = payload
            body.withUnsafeMutableBytes { Masking.apply(key, to: $0) }
            stream += FrameHeader(opcode: .text, payloadLength: body.count, maskingKey: key).bytes + body
        }
        precondition(payload.count == 125)
        let figures = [
            best(stream, unmasks: false, validates: false), best(stream, unmasks: true, validates: false),
            best(stream, unmasks: true, validates: true),
        ]
        print(figures.map { String($0) }.joined(separator: " "))
    }

    static func best(_ stream: [UInt8], unmasks: Bool, validates: Bool) -> Int {
        let clock = ContinuousClock()
        var best = Duration.seconds(1)
        for _ in 0..<rounds {
            // Unmasking is in place, so every round gets bytes that are still masked.
            var bytes = stream
            let elapsed = clock.measure {
                let frames = read(&bytes, unmasks: unmasks, validates: validates)
                precondition(frames == framesPerRead)
            }
            best = min(best, elapsed)
        }
        return Int(best.components.attoseconds / 1_000_000_000) / framesPerRead
    }

    @inline(never)
    static func read(_ bytes: inout [UInt8], unmasks: Bool, validates: Bool) -> Int {
        var decoder = FrameDecoder()
        var frames = 0
        bytes.withUnsafeMutableBytes { memory in
            let span = Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(memory))
            var offset = 0
            while let step = decoder.next(span, at: &offset) {
                switch step {
                case .header: break
                case .payload(let range):
                    let body = UnsafeMutableRawBufferPointer(rebasing: memory[range])
                    if unmasks, let key = decoder.header.maskingKey { Masking.apply(key, to: body) }
                    if validates {
                        var validator = UTF8Validator()
                        precondition(validator.validate(UnsafeRawBufferPointer(body)) && validator.isComplete)
                    }
                case .end: frames += 1
                }
            }
        }
        return frames
    }
}
