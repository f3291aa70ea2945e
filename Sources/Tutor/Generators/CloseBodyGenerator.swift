import Wire

/// Which status code stands in this Close frame?
enum CloseBodyGenerator: QuizGenerator {
    static let id = "drill-close-body"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let code = Drill.pick(
            [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 3000, 4001, 4100, 4321] as [UInt16], &random)
        let reason = Drill.pick(["", "", "bye", "restart", "too big"], &random)
        let body = [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)] + Array(reason.utf8)
        let key = Bool.random(using: &random) ? Drill.key(&random) : nil
        let swapped = code.byteSwapped
        let wrong = [
            QuizWrong("\(swapped)", why: "The bytes are the wrong way round: network order, the high byte first."),
            QuizWrong(
                "\(body.count)", why: "That is the payload length; the code is in the payload's first two bytes."),
        ]
        return QuizItem(
            id: id, question: "Which status code does this Close frame carry\(key == nil ? "" : " (it is masked)")?",
            bytes: Drill.hex(Drill.frame(.close, body, key: key)),
            body: .number(QuizNumber(Double(code), unit: "", wrong: Drill.distinct(wrong, right: "\(code)"))),
            explanation: """
                The first two bytes of a Close frame's payload\(key == nil ? "" : ", unmasked,") are the code in network order: \
                \(Drill.hex(Array(body.prefix(2)))) is \(code)\(reason.isEmpty ? "" : ", and then comes the reason “\(reason)”").
                """,
            references: ["RFC 6455 §5.5.1"], lesson: 3, interview: [10], concepts: ["close-handshake", "close-codes"],
            confusable: "close-codes", level: .mid, seed: seed)
    }
}
