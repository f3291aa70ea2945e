import Wire

/// Which of these codes may stand in a Close frame?
enum CloseCodeGenerator: QuizGenerator {
    static let id = "drill-close-code"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let candidates: [UInt16] = [
            1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3003, 4000, 4123, 4999, 3999,
        ]
        let forbidden: [UInt16] = [0, 200, 404, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]
        let right = Int.random(in: 1...3, using: &random)
        let codes =
            candidates.shuffled(using: &random).prefix(right) + forbidden.shuffled(using: &random).prefix(4 - right)
        let statements = codes.map { code in
            let status = StatusCode(rawValue: code)
            return QuizChoice(
                "\(code)", isRight: status.isAllowedOnWire, why: why(status),
                misconception: [1005, 1006, 1015].contains(code) ? "M15" : nil)
        }
        return QuizItem(
            id: id, question: "Which of these codes may an endpoint put into a Close frame?",
            body: .trueFalse(statements),
            explanation: """
                On the wire: 1000 to 1003, 1007 to 1014, 3000 to 3999 for libraries and 4000 to 4999 for applications. 1005, \
                1006 and 1015 are what an endpoint concludes, and never sent; the rest is reserved.
                """,
            references: ["RFC 6455 §7.4.1", "RFC 6455 §7.4.2"], lesson: 3, interview: [10], concepts: ["close-codes"],
            confusable: "close-codes", level: .mid, seed: seed)
    }

    private static func why(_ code: StatusCode) -> String {
        if code.isAllowedOnWire {
            switch code.rawValue {
            case 3000...3999: return "Right: registered for libraries and frameworks."
            case 4000...4999: return "Right: free for applications among themselves."
            default: return "Right: \(code.meaning ?? "defined for the wire")."
            }
        }
        switch code.rawValue {
        case 1005: return "Logs show it often. It means that a Close had no code; nobody sent it."
        case 1006: return "Logs show it often. It means that no Close came at all; nobody sent it."
        case 1015: return "Logs show it. It means that TLS failed; then there is no Close frame to hold it."
        case 0...999: return "It looks like a status of HTTP or a default. Codes below 1000 are not used."
        default: return "It is a number like the others. But it is reserved, and nobody gave it a meaning."
        }
    }
}
