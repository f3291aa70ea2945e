package import Connection
import Wire

/// Makes questions about a recording: takes its events, and asks about the frames, handshakes and endings that were in
/// it. Keeps a bounded number of each, the first ones.
package struct RecordingQuiz: EventSink {
    struct SeenFrame: Sendable {
        let connection: ConnectionID
        let number: UInt64
        let side: Side
        let header: FrameHeader
        /// Unmasked; the whole of a short one.
        let payload: [UInt8]
        let violations: [Violation]
        let isCompressed: Bool
    }

    private var frames: [SeenFrame] = []
    private var keys: [(connection: ConnectionID, key: String)] = []
    private var endings: [(connection: ConnectionID, closure: Closure)] = []
    private var messages: [ConnectionID: (frames: Int, messages: Int)] = [:]

    private static let most = 1000
    private static let shortest = 24

    package init() {}

    package mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        let id = event.connection
        switch event.kind {
        case .frame(let frame):
            guard frame.isComplete, !frame.isGuess else { return }
            if messages.count < RecordingQuiz.most || messages[id] != nil { messages[id, default: (0, 0)].frames += 1 }
            guard frames.count < RecordingQuiz.most else { return }
            frames.append(
                SeenFrame(
                    connection: id, number: frame.number, side: frame.side, header: frame.header,
                    payload: payload.count <= RecordingQuiz.shortest ? payload.indices.map { payload[$0] } : [],
                    violations: frame.violations, isCompressed: frame.isCompressed))
        case .message(let message):
            if message.truncation == nil { messages[id]?.messages += 1 }
        case .established(let handshake):
            guard keys.count < RecordingQuiz.most, let key = handshake.request?.values("Sec-WebSocket-Key").first,
                Base64.decode(key)?.bytes.count == 16
            else { return }
            keys.append((id, key))
        case .closed(let closure):
            if closure.wasEstablished, endings.count < RecordingQuiz.most { endings.append((id, closure)) }
        case .opened, .head, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing: break
        }
    }

    /// - Returns: At most `count`; none where there was no frame.
    package func items(seed: UInt64, count: Int) -> [QuizItem] {
        var random = SeededRandom(seed, for: "recording")
        var items: [QuizItem] = []
        for frame in frames.shuffled(using: &random).prefix(count * 2) { items += self.items(about: frame, &random) }
        for (connection, key) in keys.shuffled(using: &random).prefix(1) {
            items.append(asked(AcceptKeyGenerator.item(key: key, id: AcceptKeyGenerator.id, seed: seed), connection))
        }
        for (connection, closure) in endings.shuffled(using: &random).prefix(3) {
            items += [ending(connection, closure)].compactMap { $0 }
        }
        for (connection, counts) in messages.sorted(by: { $0.key.rawValue < $1.key.rawValue }).prefix(3) {
            items += [self.counts(connection, counts)].compactMap { $0 }
        }
        return spread(items.shuffled(using: &random), count)
    }

    /// No more of one kind than needed: the kinds take turns.
    private func spread(_ items: [QuizItem], _ count: Int) -> [QuizItem] {
        var rest = Dictionary(grouping: items) { $0.id }
        let ids = items.map(\.id).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        var chosen: [QuizItem] = []
        while chosen.count < count, !rest.isEmpty {
            for id in ids where chosen.count < count {
                guard var of = rest[id] else { continue }
                chosen.append(of.removeFirst())
                rest[id] = of.isEmpty ? nil : of
            }
        }
        return chosen
    }
}

/// The questions.
extension RecordingQuiz {
    private func items(about frame: SeenFrame, _ random: inout SeededRandom) -> [QuizItem] {
        let seed = Drill.seed(frame.number, "frame \(frame.connection.rawValue)")
        if let broken = frame.violations.first { return [violation(frame, broken, seed, &random)].compactMap { $0 } }
        let wire =
            frame.header.bytes + (frame.header.maskingKey.map { Drill.masked(frame.payload, $0) } ?? frame.payload)
        let isWhole = UInt64(frame.payload.count) == frame.header.payloadLength
        var items: [QuizItem] = []
        if !frame.header.rsv1 {
            let decoded = DecodeFrameGenerator.item(
                header: frame.header, bytes: isWhole ? wire : frame.header.bytes, id: DecodeFrameGenerator.id,
                seed: seed,
                &random)
            items.append(asked(decoded, frame.connection, frame.number))
        }
        if isWhole, let key = frame.header.maskingKey, !frame.payload.isEmpty, key.word != 0, !frame.isCompressed {
            items.append(unmask(frame, key, wire, seed))
        }
        return items
    }

    private func unmask(_ frame: SeenFrame, _ key: MaskingKey, _ wire: [UInt8], _ seed: UInt64) -> QuizItem {
        let masked = Drill.masked(frame.payload, key)
        let wrong = QuizWrong(
            Drill.hex(masked), why: "Those are the masked bytes as they travel. XOR byte i with key byte i mod 4.")
        return asked(
            QuizItem(
                id: UnmaskGenerator.id, question: "Unmask the payload. Which bytes come out?", bytes: Drill.hex(wire),
                body: .hex(QuizHex(frame.payload, wrong: Drill.distinct([wrong], right: Drill.hex(frame.payload)))),
                explanation: """
                    The key is \(Drill.hex(key.bytes)); byte i is XORed with key byte i mod 4. \
                    It reads “\(SafeText.escape(frame.payload))”.
                    """,
                references: ["RFC 6455 §5.3"], lesson: 3, interview: [1, 3], concepts: ["masking"], level: .junior,
                seed: seed), frame.connection, frame.number)
    }

    private func violation(
        _ frame: SeenFrame, _ broken: Violation, _ seed: UInt64, _ random: inout SeededRandom
    ) -> QuizItem? {
        let all = Set(frame.violations.map(\.rule))
        let others = Violation.Rule.allCases.filter { !all.contains($0) }.shuffled(using: &random).prefix(3)
        let shown =
            frame.header.bytes
            + (frame.header.maskingKey.map { Drill.masked(frame.payload, $0) } ?? frame.payload)
        return asked(
            ViolationGenerator.item(
                broken: broken.rule, others: Array(others),
                context: Drill.lines([("\(frame.side) ->", shown)]), id: ViolationGenerator.id, seed: seed),
            frame.connection, frame.number)
    }

    private func ending(_ connection: ConnectionID, _ closure: Closure) -> QuizItem? {
        guard case .closed(let code, let isClean, _) = closure.concluded[.client] else { return nil }
        let candidates: [(UInt16, String)] = [
            (1000, "1000 is the usual end, so it is the first guess. The wire says something else."),
            (1001, "Going away fits many endings. Here no Close of the server carried it."),
            (1005, "1005 stands for a Close without a code. That is not what came."),
            (1006, "1006 stands for no Close at all. That is not what happened."),
        ]
        let choices =
            [
                QuizChoice(
                    "\(code)", isRight: true,
                    why: "Right: it is concluded from the server's Close, or from its absence.")
            ] + candidates.filter { $0.0 != code.rawValue }.map { QuizChoice("\($0.0)", isRight: false, why: $0.1) }
        let wire = Side.allCases.map { side in
            let sent = closure.wire[side].map {
                "a Close, payload \($0.payload.closeCode == .noStatusReceived ? "empty" : "\($0.payload.closeCode)")"
            }
            return "\(side) sent \(sent ?? "no Close")"
        }.joined(separator: "\n")
        return asked(
            QuizItem(
                id: "recording-end", question: "Which close code did the client conclude?", context: wire,
                body: .single(choices),
                explanation: """
                    The close code is that of the Close it received, 1005 where that had none, 1006 where none came: \
                    \(code). It ended \(isClean ? "cleanly, after both Close frames." : "not cleanly.")
                    """,
                references: ["RFC 6455 §7.1.5", "RFC 6455 §7.4.1"], lesson: 3, interview: [10],
                concepts: ["close-codes"], confusable: "close-codes"), connection)
    }

    private func counts(_ connection: ConnectionID, _ counts: (frames: Int, messages: Int)) -> QuizItem? {
        guard counts.frames != counts.messages else { return nil }
        let wrong = QuizWrong(
            "\(counts.frames)",
            why: "That is the number of frames. Fragments and control frames are no messages of their own.",
            misconception: "M07")
        return asked(
            QuizItem(
                id: "recording-messages",
                question:
                    "It has \(counts.frames) complete frames, both sides together. How many messages? (ws101 show lists them.)",
                body: .number(QuizNumber(Double(counts.messages), unit: "messages", wrong: [wrong])),
                explanation: "\(counts.messages): control frames are none, and several fragments are one.",
                references: ["RFC 6455 §5.4"], lesson: 3, interview: [1], concepts: ["messages-frames"],
                confusable: "frame-message-segment"), connection)
    }

    /// The same item, with the place in the recording before its question.
    private func asked(_ item: QuizItem, _ connection: ConnectionID, _ frame: UInt64? = nil) -> QuizItem {
        let place = "Connection #\(connection.rawValue)\(frame.map { ", frame \($0)" } ?? ""). "
        return QuizItem(
            id: item.id, question: place + item.question, context: item.context, bytes: item.bytes, body: item.body,
            explanation: item.explanation, references: item.references, lesson: item.lesson, interview: item.interview,
            concepts: item.concepts, confusable: item.confusable, level: item.level, seed: item.seed)
    }
}
