import Wire

/// A client's bytes; what does a server that keeps to the standard send next?
enum NextOnWireGenerator: QuizGenerator {
    static let id = "drill-next"

    /// What a server may send next.
    enum Answer: Hashable {
        case pong(String)
        case close(UInt16?)
        /// Nothing: it waits.
        case nothing

        var text: String {
            switch self {
            case .pong(let payload): payload.isEmpty ? "a Pong without a payload" : "a Pong with “\(payload)”"
            case .close(let code): code.map { "a Close with \($0)" } ?? "a Close without a code"
            case .nothing: "nothing, it waits for more"
            }
        }
    }

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let play = play(&random)
        let choices =
            [QuizChoice(play.answer.text, isRight: true, why: "Right: \(play.because)")]
            + play.others.map { QuizChoice($0.0.text, isRight: false, why: $0.1, misconception: $0.2) }
        return QuizItem(
            id: id,
            question:
                "A client has sent this, and nothing before. What must a server that only answers the protocol send next?",
            bytes: Drill.hex(play.bytes), body: .predict(Drill.distinct(choices)),
            explanation: "\(play.scene) \(play.because.prefix(1).uppercased() + play.because.dropFirst())",
            references: [play.section], lesson: 3, interview: [1], concepts: [play.concept], level: .senior, seed: seed)
    }

    private struct Play {
        let scene: String
        let bytes: [UInt8]
        let answer: Answer
        let because: String
        let others: [(Answer, String, String?)]
        let section: String
        let concept: String
    }

    private static func play(_ random: inout SeededRandom) -> Play {
        let key = Drill.key(&random)
        let word = Drill.word(&random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            return Play(
                scene: "It is a Ping.", bytes: Drill.frame(.ping, Array(word.utf8), key: key), answer: .pong(word),
                because: "a Pong carries the very bytes of the Ping.",
                others: [
                    (
                        .pong(""),
                        "A Pong shows that one lives, so its content seems free. It must be that of the Ping.", "M12"
                    ),
                    (.close(1002), "An unexpected frame could be an error. Any endpoint may ping at any time.", "M11"),
                    (.nothing, "A heartbeat looks like something for the application. A Ping must be answered.", nil),
                ], section: "RFC 6455 §5.5.3", concept: "ping-pong")
        case 1:
            let code = Drill.pick([1000, 1001, 4000, 4123] as [UInt16], &random)
            let body = [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)]
            return Play(
                scene: "It is a Close with \(code).", bytes: Drill.frame(.close, body, key: key), answer: .close(code),
                because: "a Close is answered by a Close, which typically repeats the code.",
                others: [
                    (
                        .nothing,
                        "The client is gone, so nothing seems to be left. The closing handshake needs both Close frames.",
                        "M17"
                    ),
                    (.close(1006), "1006 stands in many logs. It is never on the wire.", "M15"),
                    (.pong(""), "It is a control frame, as a Ping is. Only a Ping is answered by a Pong.", nil),
                ], section: "RFC 6455 §5.5.1", concept: "close-handshake")
        case 2:
            return Play(
                scene: "The second byte has no MASK bit.", bytes: Drill.frame(.text, Array(word.utf8)),
                answer: .close(1002), because: "a server closes on a frame that is not masked, with 1002.",
                others: [
                    (
                        .nothing, "The text can be read, so why not take it? Every frame of a client must be masked.",
                        "M05"
                    ),
                    (
                        .close(1007), "Something is wrong with the data, it seems. 1007 is for text that is no UTF-8.",
                        nil
                    ),
                    (.close(1005), "1005 stands in many logs. It is never on the wire.", "M15"),
                ], section: "RFC 6455 §5.1", concept: "masking")
        case 3:
            return Play(
                scene: "A first fragment, and a Ping behind it.",
                bytes: Drill.frame(.text, Array(word.utf8), fin: false, key: key)
                    + Drill.frame(.ping, [0x21], key: key),
                answer: .pong("!"), because: "control frames may come between fragments and are answered at once.",
                others: [
                    (
                        .nothing,
                        "The message is not complete, so waiting seems right. Control frames do not wait for it.", "M09"
                    ),
                    (
                        .close(1002),
                        "A frame inside a message looks broken. Data frames may not stand there, control frames may.",
                        "M09"
                    ),
                    (.pong(word), "A Pong repeats something, but what? The Ping's payload, not the message's.", "M12"),
                ], section: "RFC 6455 §5.4", concept: "fragmentation")
        case 4:
            return Play(
                scene: "A text message of the bytes c3 28, which are no UTF-8.",
                bytes: Drill.frame(.text, [0xc3, 0x28], key: key), answer: .close(1007),
                because: "a text message that is no UTF-8 fails the connection with 1007.",
                others: [
                    (.nothing, "Many programs put a replacement character in. WebSocket does not repair.", "M19"),
                    (
                        .close(1003),
                        "The data is not acceptable, it seems. 1003 is for a type of data, such as binary.", nil
                    ),
                    (
                        .close(1002), "The protocol is broken, one may say. There is a code of its own for this, 1007.",
                        nil
                    ),
                ], section: "RFC 6455 §8.1", concept: "utf8")
        default:
            return Play(
                scene: "A Ping without FIN: a fragmented control frame.",
                bytes: Drill.frame(.ping, Array(word.utf8), fin: false, key: key), answer: .close(1002),
                because: "a control frame must not be fragmented; that is a protocol error.",
                others: [
                    (
                        .pong(word), "It is a Ping, so a Pong seems due. But FIN is 0, and that is forbidden here.",
                        "M10"
                    ),
                    (.nothing, "The rest of the Ping might follow. A control frame has no rest.", "M10"),
                    (.close(1009), "Something about size, it seems. 1009 is for a message that is too big.", nil),
                ], section: "RFC 6455 §5.5", concept: "control-frames")
        }
    }
}
