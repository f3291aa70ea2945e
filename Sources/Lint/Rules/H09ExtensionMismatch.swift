import Connection
import Wire

/// The server answers the extensions that the client offers, as they were offered.
struct ExtensionMismatch: DemandRule {
    static let page = RulePage(
        "H09", "extension-mismatch", .error, .high, [.wire, .probe],
        references: ["RFC 6455 §9.1", "RFC 7692 §5.1", "RFC 7692 §7.1"], lesson: 3,
        says: "An extension is answered that was not offered, or with parameters that the offer does not allow.",
        why: """
            The client must fail the connection: both sides would read the same frames differently. Known from \
            gateways that pass on the server's answer to an offer which they changed on the way.
            """,
        evidence: """
            On the wire, the 101's Sec-WebSocket-Extensions: only extensions of the request, each in the grammar of \
            RFC 6455 §9.1; of permessage-deflate only known parameters, each once, windows from 8 to 15 bits and none \
            larger than offered. And the offer of the client, by the same measure. The probe offers parameters that \
            must be declined and waits `answer`.
            """,
        fix: "Decline an offer that is not understood by leaving it out of the answer; never add a parameter to it.",
        snippets: [
            Snippet(.ws, "new WebSocketServer({ port: 8080, perMessageDeflate: false })  // the default"),
            Snippet(.websockets, #"serve(handler, host, port, compression=None)  # the default is "deflate""#),
        ],
        thresholds: [Threshold("answer", .duration(2), "how long a probed server has to answer")],
        examples: [
            .violates("not offered") { scene in
                scene.open { $0.response("Sec-WebSocket-Extensions", "permessage-deflate") }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("a larger window than offered") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=10")
                    handshake.response("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=15")
                }
                scene.fin(.client)
                scene.fin(.server)
            },
            .violates("an offer of 16 bits") { scene in
                scene.open {
                    $0.request("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=16")
                }
                scene.end()
            },
            .complies("as it was offered") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
                    handshake.response("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=12")
                }
                scene.end()
            },
            .complies("the server chooses none") { scene in
                scene.open { $0.request("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits") }
                scene.end()
            },
            .tooLittle("none is offered, none answered") { scene in
                scene.open()
                scene.end()
            },
        ])

    static let owned: Set<Demand.Rule> = [.extensions, .extensionsAnswer, .compression]

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        Self.reportBroken(in: head, on: connection, &report)
        guard head.side == .client else { return }
        let values = head.head.values("Sec-WebSocket-Extensions")
        guard let offers = try? ExtensionOffer.parse(values).get(),
            offers.contains(where: { $0.name == DeflateParameters.name }),
            DeflateParameters.negotiate(offers: values) == nil
        else { return }
        let offer = SafeText.escape(values.joined(separator: ", ")).prefix(120)
        report.add(
            "no server may take the offer \(offer)", at: connection.place(of: head, field: "Sec-WebSocket-Extensions"),
            subject: "offer")
    }
}
