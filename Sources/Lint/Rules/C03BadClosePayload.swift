import Wire

/// A Close's body is a status code that may be sent, and a reason.
struct BadClosePayload: ViolationRule {
    static let page = RulePage(
        "C03", "bad-close-payload", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §5.5.1", "RFC 6455 §7.4"], lesson: 3,
        says: "A Close has a body of one byte, or a status code that must not be on the wire.",
        why: """
            The receiver must fail the connection, and what the sender wanted to say is lost. 1005 and 1006 say what \
            an endpoint concludes where it was told nothing: they come onto the wire where a program passes on the \
            code it was given for one connection to another.
            """,
        evidence: """
            On the wire, a Close whose body is one byte long, or whose first two bytes are none of 1000 to 1003, 1007 \
            to 1014 and 3000 to 4999. The probe sends such Closes itself: one byte, 999, 1005. A server is told here \
            that repeats the code, answers as to a good Close, or not at all for 2 s.
            """,
        fix: "Send 1000 or no code where there is none to pass on, and codes of your own from 4000 to 4999.",
        snippets: [
            Snippet(
                .ws,
                """
                upstream.on("close", (code, reason) => {
                  // 1005 and 1006 were never sent: close() would throw.
                  client.close(code === 1005 || code === 1006 ? 1011 : code, reason);
                });
                """),
            Snippet(
                .gorilla,
                "conn.WriteControl(websocket.CloseMessage, "
                    + "websocket.FormatCloseMessage(websocket.CloseInternalServerErr, \"\"), deadline)"),
        ],
        exceptions: "1012, 1013 and 1014 are not in RFC 6455 but registered with IANA: they are allowed.",
        examples: [
            .violates("a body of one byte") { scene in
                scene.open()
                scene.frame(.client, .close, [0x03])
                scene.close(.server, 1002)
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("1006 passed on") { scene in
                scene.open()
                scene.close(.server, 1006)
                scene.close(.client, 1002)
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("4000, the application's own") { scene in
                scene.open()
                scene.end(by: .server, 4000)
            },
            .complies("1013, registered later") { scene in
                scene.open()
                scene.end(by: .server, 1013)
            },
            .tooLittle("no Close") { scene in
                scene.open()
                scene.text(.client, "hi")
            },
        ])

    static let owned: Set<Violation.Rule> = [.closeBodyOneByte, .closeCodeForbidden]
    static let judged: Set<Opcode> = [.close]
    static let nothingJudged = "no Close"
}
