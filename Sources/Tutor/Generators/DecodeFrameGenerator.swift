import Wire

/// What do these two bytes, or more, say?
enum DecodeFrameGenerator: QuizGenerator {
    static let id = "drill-decode"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let opcode = Drill.pick([Opcode.text, .binary, .continuation, .ping, .pong], &random)
        let payload = Array(Drill.word(&random).utf8)
        let fin = opcode.isControl || Bool.random(using: &random)
        let key = Bool.random(using: &random) ? Drill.key(&random) : nil
        let frame = Drill.frame(opcode, payload, fin: fin, key: key)
        return item(
            header: FrameHeader(fin: fin, opcode: opcode, payloadLength: payload.count, maskingKey: key),
            bytes: frame, id: id, seed: seed, &random)
    }

    /// - Parameter bytes: The frame, or what is to be shown of it.
    static func item(
        header: FrameHeader, bytes: [UInt8], id: String, seed: UInt64, _ random: inout SeededRandom
    ) -> QuizItem {
        let other = Drill.pick(
            [Opcode.text, .binary, .continuation, .ping, .pong].filter { $0 != header.opcode }, &random)
        let named = Bool.random(using: &random) ? header.opcode : other
        let saysMasked = Bool.random(using: &random)
        let saysLast = Bool.random(using: &random)
        var statements = [
            statement(
                "It is a \(named) frame.", named == header.opcode,
                "The low four bits of the first byte are \(header.opcode.bits): \(header.opcode)."),
            statement(
                saysMasked ? "It is masked, so a client sent it." : "It is not masked, so a server sent it.",
                saysMasked == header.isMasked,
                "The high bit of the second byte, MASK, is \(header.isMasked ? 1 : 0).",
                saysMasked != header.isMasked ? "M06" : nil),
            statement(
                saysLast ? "It is the last frame of its message." : "Another frame of its message follows.",
                saysLast == header.fin, "The high bit of the first byte, FIN, is \(header.fin ? 1 : 0).",
                saysLast != header.fin ? "M07" : nil),
        ]
        let isRight =
            statements.allSatisfy(\.isRight)
            ? false : statements.contains(where: \.isRight) ? Bool.random(using: &random) : true
        let length = Int(clamping: header.payloadLength)
        statements.append(
            statement(
                "Its payload has \(isRight ? length : length + Drill.pick([1, 2, 4], &random)) bytes.", isRight,
                "The seven low bits of the second byte\(header.lengthForm == .bits7 ? "" : ", and the bytes that follow it,") say \(length)."
            ))
        return QuizItem(
            id: id, question: "What does this frame say about itself?", bytes: Drill.hex(bytes),
            body: .trueFalse(statements),
            explanation: """
                First byte: FIN \(header.fin ? 1 : 0), opcode \(header.opcode.bits) (\(header.opcode)). Second byte: MASK \
                \(header.isMasked ? 1 : 0), payload length \(length). ws101 decode explains every bit.
                """,
            references: ["RFC 6455 §5.2"], lesson: 3, interview: [1, 2], concepts: ["frame-header", "opcode"],
            level: .mid,
            seed: seed)
    }

    private static func statement(_ text: String, _ isRight: Bool, _ why: String, _ misconception: String? = nil)
        -> QuizChoice
    {
        QuizChoice(
            text, isRight: isRight,
            why: isRight ? "Right. \(why)" : "Without reading the bits it could be. \(why)",
            misconception: isRight ? nil : misconception)
    }
}
