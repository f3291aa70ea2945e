import Connection
import Wire

/// A client's key is random, and new for every connection.
struct BadKey: RecordingRule, DemandOwner {
    static let page = RulePage(
        "H05", "bad-key", .error, .high, [.wire],
        references: ["RFC 6455 §4.1", "RFC 6455 §10.3", "CWE-330"], lesson: 3,
        says: "Sec-WebSocket-Key is missing, is not 16 bytes in base64, or is not chosen at random.",
        why: """
            A server refuses a key of another length. A key that is always the same proves nothing: the answer to it \
            may come out of a cache, from a server that never saw this request.
            """,
        evidence: """
            The key of every request decodes from base64 to 16 bytes: otherwise an error. A warning where it is one \
            of the two examples in RFC 6455, or the key of another connection among the last `keys`.
            """,
        fix: "Take 16 bytes from the system's source of random numbers for every connection.",
        snippets: [
            Snippet(.ws, #"const key = crypto.randomBytes(16).toString("base64");"#),
            Snippet(.websockets, "key = base64.b64encode(secrets.token_bytes(16)).decode()"),
            Snippet(.nio, "NIOWebSocketClientUpgrader(upgradePipelineHandler: handler)  // requestKey is random"),
        ],
        exceptions: """
            A proxy sends its client's key on: a second connection, to another server, while the first waits for its \
            answer, is not counted. Tools for tests like to use the standard's example.
            """,
        thresholds: [Threshold("keys", .count(65_536), "how many keys are remembered, at 80 bytes")],
        examples: [
            .violates("5 bytes") { scene in
                scene.ask { handshake in
                    handshake.request("Sec-WebSocket-Key", Base64.encode([1, 2, 3, 4, 5]))
                    handshake.status = 400
                    handshake.response = [("Content-Length", "0")]
                }
                scene.answer()
                scene.fin(.server)
                scene.fin(.client)
            },
            .violates("the standard's example") { scene in
                scene.open { handshake in
                    handshake.request("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                    handshake.response("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                }
                scene.end()
            },
            .violates("the same in two connections") { scene in
                for connection in 1...2 {
                    scene.on(connection)
                    scene.open { handshake in
                        let key = Base64.encode((20..<36).map { UInt8($0) })
                        handshake.request("Sec-WebSocket-Key", key)
                        handshake.response("Sec-WebSocket-Accept", AcceptKey.accept(for: key))
                    }
                    scene.end()
                }
            },
            .complies("another in each connection") { scene in
                for connection in 1...2 {
                    scene.on(connection)
                    scene.open()
                    scene.end()
                }
            },
            .complies("a proxy passes the key on") { scene in
                let key = Base64.encode((20..<36).map { UInt8($0) })
                for connection in 1...2 {
                    scene.on(connection)
                    scene.ask { handshake in
                        handshake.request("Sec-WebSocket-Key", key)
                        handshake.response("Sec-WebSocket-Accept", AcceptKey.accept(for: key))
                        if connection == 2 { handshake.server = Address(ip: [203, 0, 113, 20], port: 443) }
                    }
                }
                for connection in [2, 1] {
                    scene.on(connection)
                    scene.answer()
                    scene.end()
                }
            },
            .tooLittle("the recording begins later") { scene in
                scene.midstream()
                scene.text(.server, "hi")
            },
        ])

    static let owned: Set<Demand.Rule> = [.key]
    static let watches: EventKinds = .head

    /// The 16 bytes of a key.
    private struct Nonce: Hashable {
        let halves: (UInt64, UInt64)

        /// nil where it is none.
        init?(_ text: String) {
            guard let (bytes, _) = Base64.decode(text), bytes.count == 16 else { return nil }
            let number = { (half: ArraySlice<UInt8>) in half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
            halves = (number(bytes[..<8]), number(bytes[8...]))
        }

        static func == (left: Nonce, right: Nonce) -> Bool { left.halves == right.halves }

        func hash(into hasher: inout Hasher) {
            hasher.combine(halves.0)
            hasher.combine(halves.1)
        }
    }

    private struct Use {
        let connection: ConnectionID
        /// A hash of the server's address.
        let server: Int
        var isAnswered = false
    }

    private let limit: Int
    private var known: [Nonce: Use] = [:]
    /// The keys in the order in which they came, from `oldest` on and round.
    private var order: [Nonce] = []
    private var oldest = 0

    init(_ settings: @escaping @Sendable (_ path: String) -> RuleSettings) {
        limit = max(1, settings("").count("keys"))
    }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        let text = (head.side == .client ? head : connection.request)?.head.values("Sec-WebSocket-Key").first
        guard head.side == .client else {
            if let key = text.flatMap(Nonce.init), known[key]?.connection == connection.id {
                known[key]?.isAnswered = true
            }
            return
        }
        let place = connection.place(of: head, field: "Sec-WebSocket-Key")
        if let broken = head.brokenDemands.first(where: { $0.rule == .key }) {
            report.add(head.complaint(broken), at: place, subject: "malformed")
        } else if let text, let key = Nonce(text) {
            judge(key, SafeText.escape(text), at: place, on: connection, &report)
        }
    }

    mutating func conclude(_ report: inout Report) -> Verdict {
        known.isEmpty ? .noRequest : .pass
    }

    private mutating func judge(
        _ key: Nonce, _ text: String, at place: WirePlace, on connection: LintedConnection, _ report: inout Report
    ) {
        let server = connection.opening?.server.hashValue ?? 0
        if BadKey.samples.contains(text) {
            report.add("the key is \(text), an example of RFC 6455", at: place, subject: "sample", severity: .warning)
        } else if let use = known[key], use.connection != connection.id, use.isAnswered || use.server == server {
            report.add(
                "the key \(text) was that of connection \(use.connection.rawValue) already", at: place,
                subject: "reused", severity: .warning)
        }
        remember(key, Use(connection: connection.id, server: server))
    }

    private mutating func remember(_ key: Nonce, _ use: Use) {
        guard known[key] == nil else { return }
        known[key] = use
        if order.count < limit {
            order.append(key)
        } else {
            known[order[oldest]] = nil
            order[oldest] = key
            oldest = (oldest + 1) % limit
        }
    }

    private static let samples: Set<String> = ["dGhlIHNhbXBsZSBub25jZQ==", "AQIDBAUGBwgJCgsMDQ4PEC=="]
}
