import Wire

/// Frames of one connection; which rule is broken?
enum ViolationGenerator: QuizGenerator {
    static let id = "drill-violation"

    /// What is sent, in its order.
    struct Sent {
        let side: Side
        let bytes: [UInt8]
    }

    private static let rules: [Violation.Rule] = [
        .clientUnmasked, .serverMasked, .reservedBit, .reservedOpcode, .controlFragmented, .controlTooLong,
        .lengthNotMinimal, .continuationWithoutStart, .dataFrameInsideMessage, .frameAfterClose, .invalidUTF8,
        .closeBodyOneByte, .closeCodeForbidden,
    ]

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let broken = Drill.pick(rules, &random)
        let sent = frames(breaking: broken, &random)
        let others = rules.filter { $0 != broken }.shuffled(using: &random).prefix(3)
        return item(
            broken: broken, others: Array(others), context: lines(sent), id: id, seed: seed)
    }

    static func item(
        broken: Violation.Rule, others: [Violation.Rule], context: String, id: String, seed: UInt64
    ) -> QuizItem {
        let choices =
            [
                QuizChoice(
                    broken.explanation, isRight: true, why: "Right, \(broken.section); close with \(broken.statusCode)."
                )
            ]
            + others.map {
                QuizChoice(
                    $0.explanation, isRight: false,
                    why:
                        "It is a rule of the standard, \($0.section), and often broken. Read the bits: here it is kept."
                )
            }
        return QuizItem(
            id: id, question: "One rule is broken on this wire. Which one? (No extension was agreed.)",
            context: context,
            body: .single(choices),
            explanation:
                "\(broken.explanation.prefix(1).uppercased() + broken.explanation.dropFirst()). \(broken.section) says so.",
            references: [broken.section], lesson: 9, interview: [10], concepts: ["frame-header"], level: .senior,
            seed: seed)
    }

    static func lines(_ sent: [Sent]) -> String {
        Drill.lines(sent.map { ("\($0.side == .client ? "client ->" : "server ->")", $0.bytes) })
    }

    private static func frames(breaking rule: Violation.Rule, _ random: inout SeededRandom) -> [Sent] {
        let key = Drill.key(&random)
        let word = Array(Drill.word(&random).utf8)
        func client(_ opcode: Opcode, _ payload: [UInt8], fin: Bool = true, rsv1: Bool = false) -> Sent {
            Sent(side: .client, bytes: Drill.frame(opcode, payload, fin: fin, rsv1: rsv1, key: key))
        }
        let greeting = Sent(side: .server, bytes: Drill.frame(.text, word))
        let end = client(.close, [0x03, 0xe8])
        switch rule {
        case .clientUnmasked: return [greeting, Sent(side: .client, bytes: Drill.frame(.text, word))]
        case .serverMasked:
            return [client(.text, word), Sent(side: .server, bytes: Drill.frame(.text, word, key: key))]
        case .reservedBit: return [greeting, client(.text, word, rsv1: true)]
        case .reservedOpcode:
            return [
                greeting, client(.reserved(Drill.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8], &random)), word),
            ]
        case .controlFragmented: return [client(.text, word), client(.ping, word, fin: false)]
        case .controlTooLong: return [greeting, Sent(side: .client, bytes: longPing(key, &random))]
        case .lengthNotMinimal:
            return [client(.text, word), Sent(side: .server, bytes: [0x81, 0x7e, 0x00, UInt8(word.count)] + word)]
        case .continuationWithoutStart: return [client(.text, word), client(.continuation, word)]
        case .dataFrameInsideMessage: return [client(.text, word, fin: false), client(.text, word)]
        case .frameAfterClose: return [end, client(.text, word)]
        case .invalidUTF8:
            return [
                greeting,
                Sent(
                    side: .server,
                    bytes: Drill.frame(.text, word + [Drill.pick([0xff, 0xc0, 0xfe] as [UInt8], &random)])),
            ]
        case .closeBodyOneByte: return [client(.text, word), Sent(side: .server, bytes: Drill.frame(.close, [0x03]))]
        default:
            return [
                client(.text, word),
                Sent(
                    side: .server,
                    bytes: Drill.frame(.close, [0x03, Drill.pick([0xed, 0xee, 0xf7] as [UInt8], &random)])),
            ]
        }
    }

    private static func longPing(_ key: MaskingKey, _ random: inout SeededRandom) -> [UInt8] {
        Drill.frame(.ping, Array(repeating: 0x2e, count: Int.random(in: 126...128, using: &random)), key: key)
    }
}
