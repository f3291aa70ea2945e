import Connection
import Wire

/// Version 13 is asked for, or refused in a way that tells the client which one would do.
struct VersionNegotiation: ConnectionRule, DemandOwner {
    static let page = RulePage(
        "H04", "version-negotiation", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §4.2.2", "RFC 6455 §4.4"], lesson: 3,
        says: "The server answers 101 to a version that is not 13, or refuses one without naming those it speaks.",
        why: """
            Behind a 101 to another version, both sides may read frames differently: drafts before version 13 closed \
            and masked in other ways. And a client that is refused without a Sec-WebSocket-Version cannot know \
            whether to try again.
            """,
        evidence: """
            On the wire, requests whose Sec-WebSocket-Version is missing or not 13: a 101 is an error, a 400 or 426 \
            without Sec-WebSocket-Version a warning. The probe asks for version 7 and waits `answer`.
            """,
        fix: "Refuse every version but 13 with 426 or 400 and the field Sec-WebSocket-Version: 13.",
        snippets: [
            Snippet(
                .ws,
                """
                // ws does so by itself, since 8.18.3 with the field. With your own upgrade handler:
                server.on("upgrade", (request, socket) => {
                  if (request.headers["sec-websocket-version"] !== "13") {
                    socket.end("HTTP/1.1 426 Upgrade Required\\r\\nSec-WebSocket-Version: 13\\r\\n" +
                               "Content-Length: 0\\r\\nConnection: close\\r\\n\\r\\n");
                  }
                });
                """)
        ],
        exceptions: "A version that is refused as §4.4 says is no finding, and neither is 401 or 404 that comes first.",
        thresholds: [Threshold("answer", .duration(2), "how long a probed server has to refuse")],
        examples: [
            .violates("101 to version 8") { scene in
                scene.open { $0.request("Sec-WebSocket-Version", "8") }
                scene.end()
            },
            .violates("101 to no version") { scene in
                scene.open { $0.request("Sec-WebSocket-Version", nil) }
                scene.end()
            },
            .violates("refused, and not told why") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Version", "8")
                    handshake.status = 400
                    handshake.response = [("Content-Length", "0")]
                }
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("refused with the version that would do") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Version", "8")
                    handshake.status = 426
                    handshake.response = [
                        ("Upgrade", "websocket"), ("Connection", "Upgrade, close"), ("Sec-WebSocket-Version", "13"),
                        ("Content-Length", "0"),
                    ]
                }
                scene.fin(.server)
                scene.fin(.client)
            },
            .complies("version 13") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("refused for another reason") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Version", "8")
                    handshake.status = 401
                    handshake.response = [("WWW-Authenticate", "Bearer"), ("Content-Length", "0")]
                }
                scene.fin(.server)
                scene.fin(.client)
            },
        ])

    static let owned: Set<Demand.Rule> = [.webSocketVersion, .supportedVersions]
    static let watches: EventKinds = .head

    private var hasJudged = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind, head.side == .server, let request = connection.request,
            let status = head.head.status
        else { return }
        let isWrong = request.brokenDemands.contains { $0.rule == .webSocketVersion }
        let value = request.head.values("Sec-WebSocket-Version").first
        let asked = value.map { "version \"\(SafeText.escape($0).prefix(20))\"" }
        let place = connection.place(of: head, field: "Sec-WebSocket-Version")
        if status == 101 {
            hasJudged = true
            if isWrong { report.add("101 to \(asked ?? "no version at all")", at: place, subject: "accepted") }
        } else if isWrong, status == 400 || status == 426 {
            hasJudged = true
            guard head.demands.contains(where: { $0.rule == .supportedVersions && $0.isBroken }) else { return }
            report.add(
                "\(status) to \(asked ?? "no version at all") does not name the version that would do", at: place,
                subject: "not named", severity: .warning)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if hasJudged { return .pass }
        if connection.request == nil { return .noRequest }
        return connection.response == nil ? .noAnswer : .notApplicable("refused for another reason")
    }
}
