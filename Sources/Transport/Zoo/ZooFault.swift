package import Wire

/// A peer with one fault, to be found out from the wire alone.
package struct ZooFault: Sendable {
    /// As labs name it.
    package let name: String
    /// Which side is at fault.
    package let side: Side
    /// The mistake in one line.
    package let summary: String
    /// Where the standard, or good practice, says so.
    package let section: String
    /// The rule of the wire that it breaks; nil for a fault that no single frame shows.
    package let rule: Violation.Rule?
    /// The status code with which a strict peer ends such a connection; nil where none is sent.
    package let code: StatusCode?
    /// What a server does on each connection, or what a client does on its connection.
    package let script: ScriptedServer.Script
    /// For a client: how often it comes again after its connection has ended, and after how many milliseconds.
    package let reconnects: (times: Int, pause: Int)

    init(
        _ name: String, _ side: Side, _ summary: String, _ section: String, rule: Violation.Rule? = nil,
        code: StatusCode? = nil, _ lines: [String], isTogether: Bool = false,
        fields: [(name: String, value: String)] = [], status: Int = 101, reconnects: (times: Int, pause: Int) = (0, 0)
    ) {
        self.name = name
        self.side = side
        self.summary = summary
        self.section = section
        self.rule = rule
        self.code = code ?? rule?.statusCode
        var script = ScriptedServer.Script(lines)
        script.isTogether = isTogether
        script.fields = fields
        script.status = status
        self.script = script
        self.reconnects = reconnects
    }
}

/// The bug zoo: a new fault is an entry here.
package enum Zoo {
    package static func fault(_ name: String) -> ZooFault? { all.first { $0.name == name } }

    package static let all = servers + handshakes + clients

    /// Servers whose frames are wrong, or missing.
    private static let servers: [ZooFault] = [
        ZooFault(
            "masked-server", .server, "masks its frames", "RFC 6455 §5.1", rule: .serverMasked,
            [#"/frame text "Hello" mask=37fa213d"#]),
        ZooFault(
            "reserved-bit", .server, "sets RSV1 although no extension was agreed on", "RFC 6455 §5.2",
            rule: .reservedBit, [#"/frame text "Hello" rsv1"#]),
        ZooFault(
            "reserved-opcode", .server, "uses an opcode that nobody has defined", "RFC 6455 §5.2",
            rule: .reservedOpcode, [#"/frame 0x3 "Hello""#]),
        ZooFault(
            "long-length", .server, "writes a length of 5 in 16 bits", "RFC 6455 §5.2", rule: .lengthNotMinimal,
            [#"/frame text "Hello" form=16"#]),
        ZooFault(
            "length-top-bit", .server, "announces a 64-bit length whose first bit is 1", "RFC 6455 §5.2",
            rule: .lengthTopBit, ["/raw 82 7f 80 00 00 00 00 00 00 05 01 02 03 04 05"]),
        ZooFault(
            "fragmented-ping", .server, "sends a Ping in two fragments", "RFC 6455 §5.4", rule: .controlFragmented,
            [#"/frame ping "he" fin=0; continuation "y""#]),
        ZooFault(
            "long-ping", .server, "sends a Ping of 126 bytes", "RFC 6455 §5.5", rule: .controlTooLong,
            ["/frame ping random:126"]),
        ZooFault(
            "bad-utf8", .server, "sends a text message that is no UTF-8", "RFC 6455 §8.1", rule: .invalidUTF8,
            ["/frame text hex:48c328"]),
        ZooFault(
            "lost-start", .server, "sends a continuation without a message to continue", "RFC 6455 §5.4",
            rule: .continuationWithoutStart, [#"/frame continuation "lo""#]),
        ZooFault(
            "nested-message", .server, "begins a message inside a fragmented one", "RFC 6455 §5.4",
            rule: .dataFrameInsideMessage, [#"/frame text "Hel" fin=0; text "Hi""#]),
        ZooFault(
            "one-byte-close", .server, "sends a Close whose body is one byte", "RFC 6455 §5.5.1",
            rule: .closeBodyOneByte, ["/frame close hex:03"]),
        ZooFault(
            "code-on-wire", .server, "sends a Close with 1006, which must never be on the wire", "RFC 6455 §7.4.1",
            rule: .closeCodeForbidden, ["/close 1006 gone"]),
        ZooFault(
            "after-close", .server, "sends a message behind its own Close", "RFC 6455 §5.5.1",
            rule: .frameAfterClose, code: 1000, [#"/frame close 1000 "bye"; text "one more thing""#]),
        ZooFault(
            "no-pong", .server, "never answers a Ping", "RFC 6455 §5.5.2", ["/silent"]),
        ZooFault(
            "wrong-pong", .server, "answers a Ping with other data than it carried", "RFC 6455 §5.5.3",
            ["/await ping", "/pong alive"]),
        ZooFault(
            "no-close-answer", .server, "never answers a Close", "RFC 6455 §5.5.1", ["/await close", "/silent"]),
        ZooFault(
            "cut-off", .server, "ends TCP without a Close", "RFC 6455 §7.1.5", code: 1006,
            [#"/frame text "Hello""#, "/abort"]),
        ZooFault(
            "no-heartbeat", .server, "never asks whether the client is still there", "RFC 6455 §5.5.2",
            [#"/frame text "welcome""#]),
    ]

    /// Servers whose answer to the opening handshake is wrong.
    private static let handshakes: [ZooFault] = [
        ZooFault(
            "wrong-accept", .server, "decodes the key before it hashes it", "RFC 6455 §4.2.2", [],
            fields: [("Sec-WebSocket-Accept", "C/0nmHhBztSRGR1CwL6Tf4ZjwpY=")]),
        ZooFault(
            "imposed-subprotocol", .server, "chooses a subprotocol that nobody offered", "RFC 6455 §4.2.2", [],
            fields: [("Sec-WebSocket-Protocol", "chat.v2")]),
        ZooFault(
            "imposed-extension", .server, "switches on an extension that nobody offered", "RFC 6455 §4.1", [],
            fields: [("Sec-WebSocket-Extensions", "permessage-deflate")]),
        ZooFault("status-200", .server, "answers 200 OK to the handshake", "RFC 6455 §4.2.2", [], status: 200),
    ]

    /// Clients, which connect to a good server.
    private static let clients: [ZooFault] = [
        ZooFault(
            "unmasked-client", .client, "does not mask its frames", "RFC 6455 §5.1", rule: .clientUnmasked,
            [#"/frame text "Hello" mask=none"#]),
        ZooFault(
            "fixed-mask", .client, "masks every frame with the same key, 00 00 00 00", "RFC 6455 §5.3",
            [
                #"/frame text "one" mask=00000000"#, #"/frame text "two" mask=00000000"#,
                #"/frame text "three" mask=00000000"#,
            ]),
        ZooFault(
            "deaf-client", .client, "never answers a Ping of the server", "RFC 6455 §5.5.2",
            [#"/frame text "hello""#, "/silent"]),
        ZooFault(
            "eager-reconnect", .client, "comes back at once, again and again, without a pause that grows",
            "RFC 6455 §7.2.3", [#"/frame text "hello""#, "/abort"], reconnects: (8, 100)),
        ZooFault(
            "huge-length", .client, "announces a frame of an exabyte", "RFC 6455 §10.4", rule: .frameTooBig,
            ["/raw 82 ff 10 00 00 00 00 00 00 00 01 02 03 04"]),
        ZooFault(
            "slow-reader", .client, "asks for much and reads nothing", "RFC 6455 §10.4",
            ["/pause"] + Array(repeating: "/frame text random:60000", count: 200)),
        ZooFault(
            "polls", .client, "asks every 50 ms whether there is news, over a connection that could push it",
            "RFC 6455 §1.1",
            (1...20).flatMap { [#"/frame text "{\"news\":\#($0)}""#, "/wait 50"] }),
    ]
}
