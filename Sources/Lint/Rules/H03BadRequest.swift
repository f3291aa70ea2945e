import Connection
import Wire

/// The client's request is no opening handshake.
struct BadRequest: DemandRule {
    static let page = RulePage(
        "H03", "bad-request", .error, .high, [.wire],
        references: ["RFC 6455 §3", "RFC 6455 §4.1", "RFC 6455 §4.2.1"], lesson: 3,
        says: "The request is not GET, not HTTP/1.1, lacks Host, Upgrade or Connection, or does not wait for the 101.",
        why: """
            A server that keeps to the standard refuses it, so that it works with a lenient one only. Where Upgrade \
            and Connection are missing, a proxy in between has most often removed them. And frames before the 101 are \
            lost, or taken for HTTP, where the server refuses.
            """,
        evidence: """
            Of every request that asks for WebSocket: GET; HTTP/1.1 or higher; a path or URI without "#"; one valid \
            Host; websocket in Upgrade and Upgrade in Connection; an Origin, if any, that is one; no body; the \
            grammar of HTTP. And no byte of the client between its request and the 101.
            """,
        fix: "Let a library write the request; in a proxy, pass the upgrade on; send nothing before the 101.",
        snippets: [
            Snippet(
                .nginx,
                """
                location /chat {
                    proxy_pass http://backend;
                    proxy_http_version 1.1;              # the default, 1.0, has no upgrade
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                }
                """)
        ],
        exceptions: """
            WebSocket over HTTP/2, RFC 8441, is not decoded. In captures of several machines put together, the order \
            of request and answer may be wrong.
            """,
        examples: [
            .violates("a proxy removed Upgrade and Connection") { scene in
                scene.ask { handshake in
                    handshake.request("Upgrade", nil)
                    handshake.request("Connection", nil)
                    handshake.status = 400
                    handshake.response = [("Connection", "close")]
                }
                scene.answer()
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("a fragment in the target") { scene in
                scene.open("/chat#room-1")
                scene.end()
            },
            .violates("a frame before the 101") { scene in
                scene.ask()
                scene.text(.client, "hi")
                scene.answer()
                scene.end()
            },
            .complies("as it must be") { scene in
                scene.open("/chat?room=1")
                scene.end()
            },
            .tooLittle("the recording begins later") { scene in
                scene.midstream()
                scene.text(.server, "hi")
            },
        ])

    static let owned: Set<Demand.Rule> = [
        .requestGrammar, .method, .requestVersion, .target, .host, .upgrade, .connection, .origin, .requestBody,
    ]
    static let watches: EventKinds = [.head, .frame]

    private var hasSeenFrame = false

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard !hasSeenFrame else { return }
        switch event.kind {
        case .head(let head): Self.reportBroken(in: head, on: connection, &report)
        case .frame(let frame):
            guard frame.side == .client else { return }
            hasSeenFrame = true
            judgeFirst(frame, on: connection, &report)
        case .opened, .established, .message, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closing, .closed:
            break
        }
    }

    private func judgeFirst(_ frame: Event.Frame, on connection: LintedConnection, _ report: inout Report) {
        guard let established = connection.established, connection.request != nil, frame.began < established,
            !connection.isMidstream
        else { return }
        let early = Words.duration(established.since(frame.began))
        report.add(
            "the client's first frame, \(frame.header.opcode), comes \(early) before the 101",
            at: connection.place(of: frame), subject: "early")
    }
}
