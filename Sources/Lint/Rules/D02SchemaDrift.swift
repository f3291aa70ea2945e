import Connection
import Wire

/// A field is now a number, now a string.
struct SchemaDrift: ConnectionRule {
    static let page = RulePage(
        "D02", "schema-drift", .warning, .low, [.wire],
        references: ["OWASP WebSocket Security Cheat Sheet", "RFC 8259 §3", "CWE-20"], lesson: 8,
        says: "A field of one kind of message changes its JSON type from message to message.",
        why: """
            A receiver with types fails on the odd message, and one without them computes nonsense: "1" + 1 is "11". \
            It happens where several programs write the same message and nobody checks it on either side.
            """,
        evidence: """
            Among at least `messages` messages of one side that say they are of one kind (type, action, op, event, \
            method, cmd or command), a field of the top level has another JSON type in at least `deviants` of them, \
            and in no more than the `share` of all, for what is mixed is meant to be. null is no type of its own; \
            objects and arrays count as one. At most 64 shapes of messages are told apart.
            """,
        fix: "Write down a schema for every kind of message, and check against it before sending and on receipt.",
        snippets: [
            Snippet(
                .ws,
                """
                const Quote = z.object({ type: z.literal("quote"), price: z.number() });
                ws.send(JSON.stringify(Quote.parse(quote)));
                """),
            Snippet(
                .websockets,
                """
                class Quote(pydantic.BaseModel):
                    type: typing.Literal["quote"] = "quote"
                    price: float

                await websocket.send(Quote(price=price).model_dump_json())
                """),
            Snippet(
                .gorilla,
                """
                type Quote struct {
                    Type  string  `json:"type"`
                    Price float64 `json:"price"`
                }
                err := conn.WriteJSON(Quote{"quote", price})
                """),
            Snippet(
                .nio,
                """
                struct Quote: Codable { var type = "quote"; var price: Double }
                let text = try JSONEncoder().encode(Quote(price: price))
                """),
        ],
        exceptions: "A field that is meant to hold this or that; say which by another field.",
        thresholds: [
            Threshold("messages", .count(20), "how many messages of one kind there must be"),
            Threshold("deviants", .count(2), "how many of them must differ"),
            Threshold("share", .ratio(0.25), "how large a part of them may differ to be taken for a mistake"),
        ],
        examples: examples)

    static let watches: EventKinds = .message

    private let messages: Int
    private let deviants: Int
    private let share: Double
    private var shapes: [Shape] = []
    /// Of each shape, to be searched quickly.
    private var hashes: [UInt64] = []
    private var kinds: [Kind] = []
    private static let shapeLimit = 64

    /// Messages with the same keys and types of values, in the same order.
    private struct Shape {
        let kind: Int
        let fields: [(key: String, type: JSONType)]
        var count = 1
        let frame: UInt64
        let time: Timestamp
    }

    /// Messages of one side that say they are of one kind.
    private struct Kind {
        let side: Side
        let name: String
        var count = 0
    }

    init(_ settings: RuleSettings) {
        messages = settings.count("messages")
        deviants = settings.count("deviants")
        share = settings.ratio("share")
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.truncation == nil,
            let sketch = connection.sketch(message, payload)
        else { return }
        let hash = sketch.shape ^ (message.side == .client ? 1 : 0)
        if let index = hashes.firstIndex(of: hash) {
            shapes[index].count += 1
            let kind = shapes[index].kind
            kinds[kind].count += 1
            let isTurn = shapes[index].count == deviants || kinds[kind].count == messages
            if isTurn { judge(kind, connection, &report) }
        } else if hashes.count < SchemaDrift.shapeLimit {
            learn(sketch, hash, message, payload, connection, &report)
        }
    }

    private mutating func learn(
        _ sketch: JSONSketch, _ hash: UInt64, _ message: Event.Message, _ payload: Span<UInt8>,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        guard let name = sketch.type(in: payload) else { return }
        let known = kinds.firstIndex { $0.side == message.side && $0.name == name }
        let kind = known ?? kinds.count
        if known == nil { kinds.append(Kind(side: message.side, name: name)) }
        kinds[kind].count += 1
        let fields = sketch.members.compactMap { member in
            JSONType(member.kind).map { type in
                (
                    payload.extracting(member.key).extracting(first: 64)
                        .withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }, type
                )
            }
        }
        hashes.append(hash)
        shapes.append(Shape(kind: kind, fields: fields, frame: message.frames.upperBound, time: message.began))
        judge(kind, connection, &report)
    }

    private func judge(_ kind: Int, _ connection: LintedConnection, _ report: inout Report) {
        let total = kinds[kind].count
        guard total >= messages else { return }
        let own = shapes.filter { $0.kind == kind }
        for key in Set(own.flatMap { $0.fields.map(\.key) }).sorted() {
            var counts: [JSONType: Int] = [:]
            for shape in own {
                for field in shape.fields where field.key == key { counts[field.type, default: 0] += shape.count }
            }
            guard let usual = counts.max(by: { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) })?.key else {
                continue
            }
            let odd = counts.values.reduce(0, +) - (counts[usual] ?? 0)
            guard odd >= deviants, Double(odd) <= share * Double(total),
                let shape = own.first(where: { $0.fields.contains { $0.key == key && $0.type != usual } })
            else { continue }
            tell(key, kinds[kind], counts, usual, shape, connection, &report)
        }
    }

    private func tell(
        _ key: String, _ kind: Kind, _ counts: [JSONType: Int], _ usual: JSONType, _ shape: Shape,
        _ connection: LintedConnection, _ report: inout Report
    ) {
        let odd = counts.filter { $0.key != usual }.sorted { $0.value > $1.value }
        let words = odd.prefix(2).map { "\($0.key.words) in \($0.value)" }.joined(separator: " and ")
        report.add(
            """
            "\(SafeText.escape(key))" of the \(kind.side)'s "\(SafeText.escape(String(kind.name.prefix(40))))" messages \
            is \(words) of \(kind.count), elsewhere \(usual.words)
            """,
            at: connection.place(side: kind.side, frame: shape.frame, from: shape.time),
            subject: "\(kind.side) \(kind.name) \(key)")
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        for kind in kinds.indices { judge(kind, connection, &report) }
        if kinds.contains(where: { $0.count >= messages }) { return .pass }
        return .notApplicable(
            kinds.isEmpty ? "no JSON messages with a kind" : "fewer than \(messages) messages of one kind")
    }
}

/// The types of JSON values as a receiver tells them apart.
private enum JSONType: String, Hashable {
    case string, number, boolean, nested

    /// - Returns: nil for null, which stands for any.
    init?(_ kind: JSONSketch.Kind) {
        switch kind {
        case .string: self = .string
        case .number: self = .number
        case .boolean: self = .boolean
        case .object, .array: self = .nested
        case .null: return nil
        }
    }

    var words: String {
        switch self {
        case .string: "a string"
        case .number: "a number"
        case .boolean: "a boolean"
        case .nested: "an object or array"
        }
    }
}

extension SchemaDrift {
    private static func quotes(_ scene: inout Scene, _ count: Int, odd: Set<Int>, price: String = #""103.5""#) {
        scene.open("/quotes")
        for number in 1...count {
            let value = odd.contains(number) ? price : "\(100 + number)"
            scene.text(.server, #"{"type":"quote","symbol":"ACME","price":\#(value)}"#)
            scene.wait(1)
        }
        scene.end()
    }

    private static let examples: [Example] = [
        .violates("a price that is a string twice") { quotes(&$0, 24, odd: [9, 17]) },
        .violates("true for a number") { quotes(&$0, 40, odd: [3, 4, 5], price: "true") },
        .complies("always a number") { quotes(&$0, 24, odd: []) },
        .complies("null for a price that is not known") { quotes(&$0, 24, odd: [9, 17], price: "null") },
        .complies("once, which may be anything") { quotes(&$0, 24, odd: [9]) },
        .complies("meant to be mixed") { quotes(&$0, 24, odd: [1, 4, 7, 10, 13, 16, 19, 22]) },
        .tooLittle("10 messages") { quotes(&$0, 10, odd: [3, 5]) },
    ]
}
