import Wire

/// One read from a socket; how many whole frames are in it?
enum CountFramesGenerator: QuizGenerator {
    static let id = "drill-count"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let count = Int.random(in: 1...3, using: &random)
        var bytes: [UInt8] = []
        for _ in 0..<count {
            bytes += Drill.frame(Drill.pick([.text, .ping, .binary], &random), Array(Drill.word(&random).utf8))
        }
        let last = Drill.frame(.text, Array(Drill.word(&random).utf8))
        let isCut = Bool.random(using: &random)
        if isCut { bytes += last.prefix(Int.random(in: 1..<last.count, using: &random)) }
        let wrong = [
            QuizWrong(
                "1", why: "TCP is a stream of bytes: a read may hold several frames, or a part of one.",
                misconception: "M08"),
            QuizWrong(
                "\(count + 1)", why: "Add up the lengths: the bytes do not hold one more whole frame.",
                misconception: "M08"),
        ]
        return QuizItem(
            id: id,
            question:
                "One read from the socket of a client gives these bytes of the server. How many complete frames are in it?",
            bytes: Drill.hex(bytes),
            body: .number(QuizNumber(Double(count), unit: "frames", wrong: Drill.distinct(wrong, right: "\(count)"))),
            explanation: """
                Each frame here has 2 bytes of header, whose second is the length; go from one to the next. \
                \(isCut ? "What is left at the end is the beginning of another; the rest comes with a later read." : "The last one ends with the last byte.")
                """,
            references: ["RFC 6455 §5.2"], lesson: 4, interview: [10], concepts: ["byte-stream"],
            confusable: "frame-message-segment", level: .mid, seed: seed)
    }
}
