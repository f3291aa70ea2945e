import Wire

/// A reserved bit is set that has no meaning on this connection.
struct ReservedBit: ViolationRule {
    static let page = RulePage(
        "F03", "rsv-without-extension", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.2", "RFC 6455 §9"], lesson: 3,
        says: "RSV1, RSV2 or RSV3 is 1, and no extension that was agreed on gives it a meaning.",
        why: """
            The receiver must fail the connection. It cannot read on: an unknown bit may change what the whole payload \
            means. The usual cause is a sender that compresses although permessage-deflate was not agreed on, or a \
            proxy that removed the extension from one half of the opening handshake.
            """,
        evidence: """
            On the wire, a frame with such a bit, where the opening handshake is in the recording and names no \
            extension but permessage-deflate, which defines RSV1 alone. Only the first fault of a frame counts. The \
            probe sends one itself: a server that goes on is told as tolerates-violation.
            """,
        fix: "Set RSV1 only where the 101 answers permessage-deflate, and leave RSV2 and RSV3 at 0.",
        exceptions: """
            With an extension that is not known here, the bits are its own: not judged. Nor is a connection whose \
            opening handshake agrees on compression in a faulty way; that is extension-mismatch.
            """,
        examples: [
            .violates("RSV1 without permessage-deflate") { scene in
                scene.open()
                scene.frame(.server, .text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], rsv1: true)
                scene.end(by: .client, 1002)
            },
            .violates("RSV2") { scene in
                scene.open()
                scene.bytes(.server, [0xa1, 0x02, 0x68, 0x69], "◀─ server TEXT with RSV2 \"hi\"")
                scene.end(by: .client, 1002)
            },
            .complies("RSV1 with permessage-deflate") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Extensions", "permessage-deflate")
                    handshake.response("Sec-WebSocket-Extensions", "permessage-deflate")
                }
                scene.frame(.server, .text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], rsv1: true)
                scene.end()
            },
            .tooLittle("an extension that is not known here") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Extensions", "x-example")
                    handshake.response("Sec-WebSocket-Extensions", "x-example")
                }
                scene.bytes(.server, [0xa1, 0x02, 0x68, 0x69], "◀─ server TEXT with RSV2 \"hi\"")
                scene.end()
            },
            .tooLittle("the opening handshake is not in the recording") { scene in
                scene.midstream()
                scene.frame(.server, .text, [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00], rsv1: true)
            },
        ])

    static let owned: Set<Violation.Rule> = [.reservedBit]
}
