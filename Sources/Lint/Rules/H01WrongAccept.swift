import Connection
import Wire

/// The server's proof that it understood the opening handshake is wrong.
struct WrongAccept: DemandRule {
    static let page = RulePage(
        "H01", "wrong-accept", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §4.1", "RFC 6455 §4.2.2"], lesson: 3,
        says: "Sec-WebSocket-Accept is missing, or is not what follows from the client's key.",
        why: """
            Every client fails the connection on it. The value proves that the server speaks WebSocket and has read \
            this very request; it is no secret and no authentication.
            """,
        evidence: """
            The 101's Sec-WebSocket-Accept is compared with base64(SHA-1(key + \
            "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"), where the key is the text of Sec-WebSocket-Key without the white \
            space around it. The usual mistakes are tried and named.
            """,
        fix: "Append the GUID to the key as it was sent, not decoded, and encode the 20 bytes of the hash in base64.",
        snippets: [
            Snippet(
                .ws,
                """
                import { createHash } from "node:crypto";
                const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
                const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
                """),
            Snippet(
                .websockets,
                """
                from websockets.utils import accept_key
                accept = accept_key(request.headers["Sec-WebSocket-Key"])
                """),
        ],
        examples: [
            .violates("the key itself comes back") { scene in
                scene.open { $0.response("Sec-WebSocket-Accept", $0.request.first { $0.name.hasSuffix("Key") }?.value) }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("there is none") { scene in
                scene.open { $0.response("Sec-WebSocket-Accept", nil) }
                scene.fin(.client)
                scene.fin(.server)
            },
            .complies("derived from the key") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("the server refuses") { scene in
                scene.open { handshake in
                    handshake.status = 403
                    handshake.response = [("Content-Length", "0")]
                }
                scene.fin(.server)
                scene.fin(.client)
            },
            .tooLittle("the server never answers") { scene in
                scene.ask()
                scene.fin(.client)
                scene.fin(.server)
            },
        ])

    static let owned: Set<Demand.Rule> = [.accept]

    /// Where the request has a faulty key, or two, nothing right can follow from it.
    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind, head.side == .server, let request = connection.request,
            !request.brokenDemands.contains(where: { $0.rule == .key || $0.rule == .keyOnce })
        else { return }
        Self.reportBroken(in: head, on: connection, &report)
    }
}
