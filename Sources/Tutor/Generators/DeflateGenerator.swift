import Wire

/// What does permessage-deflate put on the wire?
enum DeflateGenerator: QuizGenerator {
    static let id = "drill-deflate"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let word = Drill.pick(["Hello", "tick", "move", "chat", "echo", "blue", "ping"], &random)
        let text = Drill.pick([word, word + word, word + " " + word], &random)
        let message = Array(text.utf8)
        var payload: [UInt8] = []
        Deflater(windowBits: 15, noContextTakeover: true).deflate(message.span, into: &payload)
        let compressed = Drill.frame(.text, payload, rsv1: true)
        let choices = [
            QuizChoice(
                Drill.hex(compressed), isRight: true,
                why: "Right: RSV1 is set, the payload is raw DEFLATE without its last four bytes."),
            QuizChoice(
                Drill.hex(Drill.frame(.text, payload)), isRight: false,
                why: "The payload is compressed as it should be. But RSV1 must say so on the first frame: c1, not 81."),
            QuizChoice(
                Drill.hex(Drill.frame(.text, payload + [0x00, 0x00, 0xff, 0xff], rsv1: true)), isRight: false,
                why:
                    "A sync flush ends with 00 00 ff ff, so one would send it. The sender removes these four bytes; the receiver adds them again."
            ),
            QuizChoice(
                Drill.hex(Drill.frame(.text, [0x78, 0x9c] + payload, rsv1: true)), isRight: false,
                why: "zlib puts 78 9c in front by default. The extension uses raw DEFLATE without that header."),
        ]
        return QuizItem(
            id: id,
            question:
                "A server sends the text “\(text)” with permessage-deflate, as one frame. Which bytes are on the wire?",
            context: "The message in UTF-8: \(Drill.hex(message))", body: .single(choices),
            explanation: """
                c1 is FIN, RSV1 and opcode 1; then the length of the compressed payload, \(payload.count); then raw DEFLATE \
                whose closing 00 00 ff ff was cut off.
                """,
            references: ["RFC 7692 §7.2.1"], lesson: 3, interview: [9], concepts: ["deflate"],
            confusable: "mask-tls-deflate", level: .senior, seed: seed)
    }
}
