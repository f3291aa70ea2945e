import Wire

/// A text and a key; which bytes travel?
enum MaskGenerator: QuizGenerator {
    static let id = "drill-mask"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let text = Drill.word(&random)
        let payload = Array(text.utf8)
        let key = Drill.key(&random)
        let masked = Drill.masked(payload, key)
        let stuck = payload.enumerated().map { $1 ^ key[min($0, 3)] }
        let first = "\(Drill.hex([payload[0]])) xor \(Drill.hex([key[0]])) = \(Drill.hex([masked[0]]))"
        return QuizItem(
            id: id, question: "A client masks this payload with this key. Which payload bytes are on the wire?",
            context: Drill.lines([("payload", payload), ("key", key.bytes)]),
            body: .hex(
                QuizHex(
                    masked,
                    wrong: Drill.distinct(
                        [
                            QuizWrong(
                                Drill.hex(payload), why: "That is the text itself. A client masks every frame.",
                                misconception: "M05"),
                            QuizWrong(
                                Drill.hex(stuck),
                                why: "The key starts over after four bytes: index 4 mod 4 is 0, not 3."),
                        ], right: Drill.hex(masked)))),
            explanation: """
                Byte i is XORed with key byte i mod 4: \(first), and so on. Masking again with the same key gives "\(text)" back.
                """,
            references: ["RFC 6455 §5.3"], lesson: 3, interview: [1, 3], concepts: ["masking"],
            confusable: "mask-tls-deflate", level: .mid, seed: seed)
    }
}
