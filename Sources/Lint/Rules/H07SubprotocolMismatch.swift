import Connection
import Wire

/// The server chooses one of the subprotocols that the client offers.
struct SubprotocolMismatch: DemandRule {
    static let page = RulePage(
        "H07", "subprotocol-mismatch", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §1.9", "RFC 6455 §4.1", "RFC 6455 §4.2.2"], lesson: 3,
        says: "The server chooses a subprotocol that was not offered, or none of those that were.",
        why: """
            A client must fail the connection on a subprotocol it did not offer, and browsers fail it, too, where \
            they offered some and none is chosen. A server that repeats whatever it is offered promises to speak \
            what it has never heard of.
            """,
        evidence: """
            On the wire, the 101's Sec-WebSocket-Protocol is one of the request's, which are tokens, each once: \
            otherwise an error; none, though some were offered, is a note. The probe offers a random token and waits \
            `answer`: a 101 that repeats it is a warning.
            """,
        fix: "Choose from the list of what the server really speaks, and send no field where nothing matches.",
        snippets: [
            Snippet(
                .ws,
                """
                // Without handleProtocols, ws takes the first that the client offers.
                new WebSocketServer({
                  port: 8080,
                  handleProtocols: offered => offered.has("chat.v2") ? "chat.v2" : false,
                });
                """),
            Snippet(.websockets, #"serve(handler, host, port, subprotocols=["chat.v2", "chat.v1"])"#),
            Snippet(.gorilla, #"upgrader := websocket.Upgrader{Subprotocols: []string{"chat.v2", "chat.v1"}}"#),
            Snippet(
                .nio,
                """
                NIOWebSocketServerUpgrader(shouldUpgrade: { channel, head in
                    let offered = head.headers[canonicalForm: "Sec-WebSocket-Protocol"]
                    let answer: HTTPHeaders = offered.contains("chat.v2") ? ["Sec-WebSocket-Protocol": "chat.v2"] : [:]
                    return channel.eventLoop.makeSucceededFuture(answer)
                }, upgradePipelineHandler: handler)
                """),
        ],
        exceptions: "Clients that are no browsers may go on without a subprotocol.",
        thresholds: [Threshold("answer", .duration(2), "how long a probed server has to answer")],
        examples: [
            .violates("one that was not offered") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v1")
                    handshake.response("Sec-WebSocket-Protocol", "chat.v2")
                }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("offered twice") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v1, chat.v1")
                    handshake.response("Sec-WebSocket-Protocol", "chat.v1")
                }
                scene.end()
            },
            .violates("none of those offered") { scene in
                scene.open { $0.request("Sec-WebSocket-Protocol", "chat.v1, chat.v2") }
                scene.end()
            },
            .complies("one of two") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Protocol", "chat.v1, chat.v2")
                    handshake.response("Sec-WebSocket-Protocol", "chat.v2")
                }
                scene.end()
            },
            .tooLittle("none is asked for") { scene in
                scene.open()
                scene.end()
            },
        ])

    static let owned: Set<Demand.Rule> = [.subprotocols, .subprotocolAnswer]

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        Self.reportBroken(in: head, on: connection, &report)
        guard head.side == .server, head.head.status == 101, let request = connection.request,
            head.head.values("Sec-WebSocket-Protocol").isEmpty
        else { return }
        let offered = request.head.tokens("Sec-WebSocket-Protocol").count
        guard offered > 0 else { return }
        report.add(
            "\(Words.count(offered, "subprotocol")) offered, and none chosen",
            at: connection.place(of: head, field: "Sec-WebSocket-Protocol"), subject: "none", severity: .note)
    }
}
