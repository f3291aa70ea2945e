import Wire

/// A client's frame; which bytes did it mask?
enum UnmaskGenerator: QuizGenerator {
    static let id = "drill-unmask"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let text = Drill.word(&random)
        let payload = Array(text.utf8)
        let key = Drill.key(&random)
        let masked = Drill.masked(payload, key)
        let first = "\(Drill.hex([masked[0]])) xor \(Drill.hex([key[0]])) = \(Drill.hex([payload[0]]))"
        return QuizItem(
            id: id, question: "Unmask the payload of this client's frame. Which bytes come out?",
            bytes: Drill.hex(Drill.frame(.text, payload, key: key)),
            body: .hex(
                QuizHex(
                    payload,
                    wrong: Drill.distinct(
                        [
                            QuizWrong(
                                Drill.hex(masked),
                                why: "Those are the masked bytes as they travel. XOR byte i with key byte i mod 4."),
                            QuizWrong(
                                Drill.hex(key.bytes),
                                why: "That is the masking key, which stands in the open before the payload.",
                                misconception: "M04"),
                        ], right: Drill.hex(payload)))),
            explanation: """
                Bytes 3 to 6 are the key \(Drill.hex(key.bytes)). \(first), and so on; after four bytes the key begins again. \
                The text is "\(text)".
                """,
            references: ["RFC 6455 §5.3"], lesson: 3, interview: [1, 3], concepts: ["masking"],
            confusable: "mask-tls-deflate", level: .junior, seed: seed)
    }
}
