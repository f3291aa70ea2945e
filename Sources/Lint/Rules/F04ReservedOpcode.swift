import Wire

/// An opcode that nobody defined.
struct ReservedOpcode: ViolationRule {
    static let page = RulePage(
        "F04", "reserved-opcode", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.2", "RFC 6455 §11.8"], lesson: 3,
        says: "A frame has an opcode from 3 to 7 or from 11 to 15.",
        why: """
            The receiver must fail the connection. Most often nobody wanted such a frame: the sender wrote a wrong \
            length or left out bytes, and its payload is read as a header.
            """,
        evidence: """
            On the wire, a frame with a reserved opcode where no unknown extension was agreed on. Only the first \
            fault of a frame counts; of bytes behind it that look like frames with other faults, none does. The probe \
            sends one itself: a server that goes on is told as tolerates-violation.
            """,
        fix: """
            Put a kind of message into the payload, in JSON or by a subprotocol; if nobody chose this opcode, look \
            for the length or the bytes that the frames before lack.
            """,
        exceptions: "An extension may define an opcode; where one is agreed on that is not known here, none is judged.",
        examples: [
            .violates("opcode 3") { scene in
                scene.open()
                scene.frame(.client, .reserved(0x3), [1, 2])
                scene.end(by: .server, 1002)
            },
            .violates("opcode 11, a control frame") { scene in
                scene.open()
                scene.frame(.server, .reserved(0xb))
                scene.end(by: .client, 1002)
            },
            .complies("text and binary") { scene in
                scene.open()
                scene.text(.client, "hi")
                scene.binary(.server, 16)
                scene.end()
            },
            .tooLittle("no frames") { scene in scene.open() },
            .tooLittle("an extension that is not known here") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Extensions", "x-example")
                    handshake.response("Sec-WebSocket-Extensions", "x-example")
                }
                scene.frame(.server, .reserved(0x3), [1, 2])
                scene.end()
            },
        ])

    static let owned: Set<Violation.Rule> = [.reservedOpcode]
}
