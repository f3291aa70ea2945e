import Wire

/// How many bytes of header?
enum HeaderSizeGenerator: QuizGenerator {
    static let id = "drill-header-size"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let length = LengthFormGenerator.length(&random)
        let side = Drill.pick(Side.allCases, &random)
        let key = side == .client ? Drill.key(&random) : nil
        let header = FrameHeader(fin: true, opcode: .binary, payloadLength: length, maskingKey: key)
        let other = side == .client ? header.size - 4 : header.size + 4
        let wrong = [
            QuizWrong(
                "\(other)",
                why: side == .client
                    ? "The four bytes of the masking key belong to the header: a client masks every frame."
                    : "A server does not mask, so there are no four bytes of key.",
                misconception: side == .client ? "M05" : "M06"),
            QuizWrong(
                "\(header.size + length)", why: "That is the whole frame; the payload is not part of its header."),
            QuizWrong(
                "\(header.lengthForm == .bits7 ? header.size + 2 : 2 + (key == nil ? 0 : 4))",
                why:
                    "Look at the length again: up to 125 there is none but the second byte, then two bytes, then eight.",
                misconception: "M20"),
        ]
        return QuizItem(
            id: id,
            question: "A \(side) sends \(length) bytes of payload in one frame. How many bytes has the frame's header?",
            body: .number(
                QuizNumber(
                    Double(header.size), unit: "bytes",
                    wrong: Drill.distinct(wrong, right: "\(header.size)"))),
            explanation: """
                2 bytes are always there. \(form(header.lengthForm)) \
                \(key == nil ? "A server has no masking key." : "A client adds 4 bytes of masking key.") \
                That makes \(header.size).
                """,
            references: ["RFC 6455 §5.2"], lesson: 3, interview: [2], concepts: ["frame-header", "overhead"],
            level: .junior, seed: seed)
    }

    private static func form(_ form: LengthForm) -> String {
        switch form {
        case .bits7: "The length fits into the second one."
        case .bits16: "The length takes 2 more."
        case .bits64: "The length takes 8 more."
        }
    }
}
