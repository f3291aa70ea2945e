/// Something a filter can ask about an event: one entry of the list that help prints.
package struct FilterField: Hashable, Sendable {
    package let name: String
    /// Other names, among them Wireshark's.
    package let aliases: [String]
    package let meaning: String
    package let example: String
    let type: FieldType

    init(_ name: String, _ aliases: [String] = [], _ type: FieldType, _ meaning: String, _ example: String) {
        self.name = name
        self.aliases = aliases
        self.type = type
        self.meaning = meaning
        self.example = example
    }

    /// All fields, in the order of the help.
    package static let all: [FilterField] = [
        FilterField(
            "opcode", ["websocket.opcode"], .opcode,
            "continuation, text, binary, close, ping, pong, or a number; a name alone will do", "opcode == ping"),
        FilterField("from", ["dir", "direction", "side"], .side, "client or server", "from client"),
        FilterField("conn", ["connection"], .number(.connection), "number of the connection", "conn == 2"),
        FilterField("path", [], .text(.path), "target of the connection's request", "path contains \"/chat\""),
        FilterField("event", ["kind"], .kind, FilterKind.names, "event == closed"),
        FilterField("frame", ["frame.number"], .number(.frame), "number of the frame", "frame >= 118"),
        FilterField("message", [], .number(.message), "number of the frame's message", "message == 7"),
        FilterField(
            "len", ["length", "websocket.payload_length"], .number(.length), "bytes of the payload, as announced",
            "len > 125"),
        FilterField(
            "text", ["payload", "websocket.payload", "websocket.payload.text"], .text(.payload),
            "what was said, after inflation; of a request or response its head", "text contains \"hello\""),
        FilterField("fin", ["websocket.fin"], .flag(.fin), "the last frame of its message", "!fin"),
        FilterField("rsv1", ["websocket.pmc"], .flag(.rsv1), "first reserved bit: compressed", "rsv1"),
        FilterField("rsv2", [], .flag(.rsv2), "second reserved bit", "rsv2"),
        FilterField("rsv3", [], .flag(.rsv3), "third reserved bit", "rsv3"),
        FilterField("rsv", ["websocket.rsv"], .number(.reservedBits), "all three reserved bits, 0 to 7", "rsv != 0"),
        FilterField(
            "mask", ["masked", "websocket.mask"], .flag(.mask), "the payload is masked", "mask && from server"),
        FilterField(
            "masking_key", ["websocket.masking_key"], .number(.maskingKey), "the masking key as one number",
            "masking_key == 0x37fa213d"),
        FilterField("control", [], .flag(.control), "close, ping, pong", "control && !ping"),
        FilterField("fragmented", ["fragment"], .flag(.fragmented), "a part of a message", "fragmented"),
        FilterField("compressed", [], .flag(.compressed), "part of a compressed message", "compressed && len > 1000"),
        FilterField(
            "violation", ["violations"], .violation, "it breaks a rule; with a value, the rule's name has it",
            "violation == invalidUTF8"),
        FilterField(
            "close.code", ["code", "websocket.payload.close.status_code"], .number(.closeCode),
            "status code of a Close; of an ended connection what either side concluded", "close.code == 1006"),
        FilterField(
            "close.reason", ["reason", "websocket.payload.close.reason"], .text(.closeReason), "reason of a Close",
            "close.reason contains \"idle\""),
        FilterField("rtt", [], .number(.roundTrip), "a Pong's time since its Ping; ms, or with a unit", "rtt > 100ms"),
        FilterField("status", [], .number(.status), "status of an HTTP response", "status >= 400"),
        FilterField("guess", [], .flag(.guess), "found by a guess where the recording lacks bytes", "!guess"),
    ]

    static func named(_ name: String) -> FilterField? { byName[name.lowercased()] }

    private static let byName = Dictionary(
        all.flatMap { field in ([field.name] + field.aliases).map { ($0, field) } },
        uniquingKeysWith: { first, _ in first })
}

enum FieldType: Hashable, Sendable {
    case flag(Flag)
    case number(Number)
    case text(Text)
    case opcode, side, kind, violation

    enum Flag: Hashable, Sendable { case fin, rsv1, rsv2, rsv3, mask, control, fragmented, compressed, guess }
    enum Number: Hashable, Sendable {
        case connection, frame, message, length, reservedBits, maskingKey, closeCode, status
        /// In nanoseconds.
        case roundTrip
    }
    enum Text: Hashable, Sendable { case payload, path, closeReason }
}

/// What a filter calls the kinds of events.
enum FilterKind: String, Hashable, Sendable, CaseIterable {
    case opened, request, response, established, frame, message, guessed, undecoded, hole, effect, fin, reset, closed

    static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
