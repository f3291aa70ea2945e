import Wire

/// Which of these text messages are valid?
enum UTF8Generator: QuizGenerator {
    static let id = "drill-utf8"

    private static let valid: [[[UInt8]]] = [
        [[0x63, 0x61, 0x66, 0xc3], [0xa9]], [[0xe2, 0x82], [0xac]], [[0xf0, 0x9f], [0x98, 0x80]], [[0x6f, 0x6b]],
        [[0xc3, 0xa4, 0x68]], [[], [0x68, 0x69]], [[0xe2], [0x82], [0xac]], [[0x7a, 0xc3], [0xbc, 0x67]],
    ]
    private static let invalid: [[[UInt8]]] = [
        [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xff]], [[0xe2, 0x82]], [[0x61, 0xc3], [0x28]],
        [[0xf4, 0x90, 0x80, 0x80]],
        [[0x80]], [[0xc3], [0x61]],
    ]

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let right = Int.random(in: 1...3, using: &random)
        let chosen =
            valid.shuffled(using: &random).prefix(right).map { ($0, true) }
            + invalid.shuffled(using: &random).prefix(4 - right).map { ($0, false) }
        let statements = chosen.map { fragments, isValid in
            QuizChoice(
                text(fragments), isRight: isValid, why: why(fragments, isValid),
                misconception: isValid ? nil : "M19")
        }
        return QuizItem(
            id: id, question: "Text messages, each with the payloads of its frames. Which are valid?",
            body: .trueFalse(statements),
            explanation: """
                The message as a whole must be UTF-8. A frame may end inside a character, as long as the next one goes on \
                with it; bytes that can never be UTF-8 fail the connection with 1007.
                """,
            references: ["RFC 6455 §5.6", "RFC 6455 §8.1"], lesson: 4, interview: [10],
            concepts: ["utf8", "fragmentation"],
            level: .senior, seed: seed)
    }

    static func text(_ fragments: [[UInt8]]) -> String {
        fragments.map { $0.isEmpty ? "(empty)" : Drill.hex($0) }.joined(separator: " | ")
    }

    private static func why(_ fragments: [[UInt8]], _ isValid: Bool) -> String {
        if isValid {
            let text = SafeText.escape(fragments.flatMap { $0 })
            return fragments.count == 1
                ? "Right: it is “\(text)”." : "Right: together it is “\(text)”, whatever the frames' borders are."
        }
        return "Some decoders let it pass or repair it. Together the bytes are no UTF-8, so the connection fails."
    }
}
