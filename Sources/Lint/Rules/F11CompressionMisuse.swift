import Connection
import Wire

/// RSV1 says what is not so, though compression was agreed on.
struct CompressionMisuse: ViolationRule {
    static let page = RulePage(
        "F11", "rsv1-misuse", .error, .high, [.wire, .probe],
        references: ["RFC 7692 §6.1", "RFC 7692 §7.2.2"], lesson: 3,
        says: "RSV1 is 1 on a control frame, on a continuation, or on a message that cannot be inflated.",
        why: """
            The receiver must fail the connection. With permessage-deflate, RSV1 on the first frame of a message says \
            that the whole message is compressed, and stands nowhere else. Who sets it on every fragment, or forgets \
            to clear it on a Ping, breaks against strict peers only, and there every time.
            """,
        evidence: """
            On the wire, where permessage-deflate was agreed on: RSV1 on a frame with opcode 0 or from 8 on, or a \
            compressed message whose payload is no DEFLATE. Only the first fault of a frame counts. The probe sends \
            such frames itself: a server that goes on is told as tolerates-violation.
            """,
        fix: """
            Set RSV1 on the first frame of a compressed message alone; remove the last four bytes 00 00 FF FF after \
            compressing, and start anew after each message where no context takeover was agreed on.
            """,
        exceptions: "After lost bytes, messages that build upon them cannot be inflated; they are not judged.",
        examples: [
            .violates("a Ping with RSV1") { scene in
                scene.openCompressed()
                scene.frame(.client, .ping, Array("a".utf8), rsv1: true)
                scene.end(by: .server, 1002)
            },
            .violates("a continuation with RSV1") { scene in
                scene.openCompressed()
                scene.frame(.server, .text, [0xf2, 0x48, 0xcd], fin: false, rsv1: true)
                scene.frame(.server, .continuation, [0xc9, 0xc9, 0x07, 0x00], rsv1: true)
                scene.end(by: .client, 1002)
            },
            .violates("RSV1 on a text that is not compressed") { scene in
                scene.openCompressed()
                scene.frame(.server, .text, Array("hello, world".utf8), rsv1: true)
                scene.end(by: .client, 1007)
            },
            .complies("RSV1 on the first of two fragments") { scene in
                scene.openCompressed()
                scene.frame(.server, .text, [0xf2, 0x48, 0xcd], fin: false, rsv1: true)
                scene.frame(.server, .continuation, [0xc9, 0xc9, 0x07, 0x00])
                scene.end()
            },
            .tooLittle("compression was not agreed on") { scene in
                scene.open()
                scene.text(.server, "hello")
                scene.end()
            },
        ])

    static let owned: Set<Violation.Rule> = [.rsv1OnControl, .rsv1OnContinuation, .inflateFailed]
    static let nothingJudged = "compression was not agreed on"

    static func isJudged(_ side: Side, of connection: LintedConnection) -> Bool {
        connection.handshake?.compression != nil && connection.frames[side] > 0
    }
}

extension Scene {
    /// As `open`, and both sides agree on permessage-deflate.
    fileprivate mutating func openCompressed() {
        open { handshake in
            handshake.request("Sec-WebSocket-Extensions", "permessage-deflate")
            handshake.response("Sec-WebSocket-Extensions", "permessage-deflate")
        }
    }
}
