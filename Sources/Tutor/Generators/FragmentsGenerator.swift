import Wire

/// Frames on the wire; how many messages does the application get?
enum FragmentsGenerator: QuizGenerator {
    static let id = "drill-fragments"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        var lines: [(String, [UInt8])] = []
        let messages = Int.random(in: 1...3, using: &random)
        for _ in 0..<messages {
            let fragments = Int.random(in: 1...3, using: &random)
            let first = Drill.pick([Opcode.text, .binary], &random)
            for index in 0..<fragments {
                let word = Array(Drill.word(&random).utf8)
                lines.append(
                    ("server ->", Drill.frame(index == 0 ? first : .continuation, word, fin: index == fragments - 1)))
                if Int.random(in: 0..<3, using: &random) == 0 {
                    lines.append(("server ->", Drill.frame(.ping, [0x70])))
                }
            }
        }
        let wrong = [
            QuizWrong(
                "\(lines.count)",
                why: "That is the number of frames. A message may have several, and control frames are none.",
                misconception: "M07"),
            QuizWrong(
                "\(messages + 1)", why: "Count the frames with FIN, without the control frames.", misconception: "M07"),
        ]
        return QuizItem(
            id: id, question: "How many messages does the client's application receive from these frames?",
            context: Drill.lines(lines),
            body: .number(
                QuizNumber(Double(messages), unit: "messages", wrong: Drill.distinct(wrong, right: "\(messages)"))),
            explanation: """
                A message begins with opcode 1 or 2 and ends with the frame that has FIN. Pings (89) may stand between its \
                fragments and belong to none.
                """,
            references: ["RFC 6455 §5.4"], lesson: 3, interview: [1, 10],
            concepts: ["messages-frames", "fragmentation"],
            confusable: "frame-message-segment", level: .mid, seed: seed)
    }
}
