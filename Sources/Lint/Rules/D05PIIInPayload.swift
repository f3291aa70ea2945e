import Connection
import Wire

/// Messages carry personal data.
struct PIIInPayload: ConnectionRule {
    static let page = RulePage(
        "D05", "pii-in-payload", .note, .medium, [.wire],
        references: ["OWASP API3:2023", "CWE-359", "RFC 1918 §3", "ISO/IEC 7812-1"], lesson: 8,
        says: "The server sends e-mail addresses, numbers of payment cards, or addresses of its inner network.",
        why: """
            What is sent to a client is out of your hands: it is in recordings, in error reports, and in a broadcast it \
            is on everyone's machine. An address of the inner network is a map for those who got in.
            """,
        evidence: """
            The first 65,536 bytes of every text message of the server are searched for an e-mail address; for 13 to \
            19 digits, in one piece or in groups as on a card, with an issuer's number and a Luhn sum that is a \
            multiple of ten; and for an IPv4 address of RFC 1918. Not judged: what this client has sent itself before.
            """,
        fix: "Send what the client shows and nothing else: a name for an address, the last four digits of a card.",
        snippets: [
            Snippet(.ws, "ws.send(JSON.stringify({ type: \"paid\", card: `…${card.slice(-4)}` }));"),
            Snippet(.websockets, #"await websocket.send(json.dumps({"type": "paid", "card": f"…{card[-4:]}"}))"#),
            Snippet(.gorilla, #"err := conn.WriteJSON(Paid{Type: "paid", Card: "…" + card[len(card)-4:]})"#),
        ],
        exceptions: "Data that its owner asked for, over TLS and with authentication.",
        examples: examples)

    static let watches: EventKinds = .message

    private var spoken: Set<PayloadScan.Kind> = []
    private var hasText = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.opcode == .text else { return }
        if message.side == .server { hasText = true }
        guard let scan = connection.scan(message, payload) else { return }
        for hit in scan.hits {
            guard let name = hit.kind.nameOfPersonal else { continue }
            switch message.side {
            case .client: spoken.insert(hit.kind)
            case .server:
                guard !spoken.contains(hit.kind) else { continue }
                let masked = mask(hit, payload)
                report.add("the server sends \(name), \(masked)", at: connection.place(of: message), subject: name)
            }
        }
    }

    /// Enough to find it again, and not enough to use it.
    private func mask(_ hit: PayloadScan.Hit, _ payload: Span<UInt8>) -> String {
        let shown = hit.kind == .email ? 1 : 4
        return SafeText.escape(payload.extracting(hit.bytes).extracting(first: shown)) + "…"
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        hasText ? .pass : .notApplicable("no text from the server")
    }
}

extension PayloadScan.Kind {
    fileprivate var nameOfPersonal: String? {
        switch self {
        case .email: "an e-mail address"
        case .card: "the number of a payment card"
        case .privateAddress: "an address of a private network"
        case .stackTrace, .sourceLine, .databaseError, .privateKey, .cloudKey, .webToken, .namedSecret: nil
        }
    }
}

extension PIIInPayload {
    private static func send(_ text: String) -> (inout Scene) -> Void {
        { scene in
            scene.open()
            scene.text(.client, #"{"type":"list"}"#)
            scene.text(.server, text)
            scene.end()
        }
    }

    private static let examples: [Example] = [
        .violates("an e-mail address", send(#"{"type":"member","email":"alice.b@mail.example.com"}"#)),
        .violates("the number of a card", send(#"{"type":"order","card":"4111 1111 1111 1111"}"#)),
        .violates("an address of the inner network", send(#"{"type":"node","url":"http://10.20.0.7:8080/"}"#)),
        .complies("a name, and four digits", send(#"{"type":"order","by":"alice","card":"…1111"}"#)),
        .complies("digits that are no card", send(#"{"type":"order","id":"4111111111111112"}"#)),
        .complies("what the client itself has sent") { scene in
            scene.open()
            scene.text(.client, #"{"type":"login","user":"alice.b@mail.example.com"}"#)
            scene.text(.server, #"{"type":"welcome","user":"alice.b@mail.example.com"}"#)
            scene.end()
        },
        .tooLittle("nothing but binary messages") { scene in
            scene.open()
            scene.binary(.server, 40)
            scene.end()
        },
    ]
}
