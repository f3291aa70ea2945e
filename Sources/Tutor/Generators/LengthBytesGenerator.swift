import Wire

/// Write a header's length by hand.
enum LengthBytesGenerator: QuizGenerator {
    static let id = "drill-length-bytes"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let length =
            Int.random(in: 0..<4, using: &random) == 0
            ? Int.random(in: 0...125, using: &random) : Int.random(in: 126...65_535, using: &random)
        let bytes = FrameHeader(fin: true, opcode: .binary, payloadLength: length, maskingKey: nil).bytes
        let (high, low) = (UInt8(length >> 8), UInt8(truncatingIfNeeded: length))
        let wrong = [
            QuizWrong(
                Drill.hex([0x82, high, low]), why: "A length above 125 is announced by 126 in the second byte, 7e.",
                misconception: "M20"),
            QuizWrong(
                Drill.hex([0x82, 0x7e, low, high]),
                why: "The bytes are the wrong way round: network order, the high byte first."),
            QuizWrong(
                Drill.hex([0x82, 0xfe, high, low]), why: "fe has the MASK bit set. A server does not mask.",
                misconception: "M06"),
            QuizWrong(
                Drill.hex([0x82, 0x7e, high, low]),
                why: "A length up to 125 goes into the second byte itself; longer forms are forbidden.",
                misconception: "M20"),
        ]
        return QuizItem(
            id: id,
            question:
                "A server sends one unfragmented binary frame with \(length) bytes of payload. Write its header in hex.",
            body: .hex(QuizHex(bytes, wrong: Drill.distinct(wrong, right: Drill.hex(bytes)))),
            explanation: length <= 125
                ? "82: FIN and opcode 2. Then the length itself in seven bits, without MASK: \(Drill.hex([low]))."
                : "82: FIN and opcode 2. 7e is 126 and announces two bytes of length: \(length) is \(Drill.hex([high, low])).",
            references: ["RFC 6455 §5.2"], lesson: 3, interview: [2], concepts: ["length", "frame-header"], level: .mid,
            seed: seed)
    }
}
