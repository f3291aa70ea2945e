import Connection
import Wire

/// Secrets and the text of others are compressed together.
struct CompressSecretMix: ConnectionRule {
    static let page = RulePage(
        "Z02", "compress-secret-mix", .note, .low, [.wire], isPedantic: true,
        references: [
            "RFC 7692 §8", "RFC 7692 §7.1.1", "OWASP WebSocket Security Cheat Sheet", "CVE-2012-4929", "CWE-203",
        ], lesson: 3,
        says: "The server compresses a secret and what the client has sent with one window: sizes tell the secret.",
        why: """
            A message gets smaller where it repeats what came before. Who can make the server repeat a guess, and can see \
            how large the encrypted messages are, learns from their sizes whether the guess is right, a character at a \
            time, in spite of TLS. The attacks on HTTP that work this way are called CRIME and BREACH.
            """,
        evidence: """
            Compression with context takeover by the server; a compressed message of the server with a private key, the \
            key of a service, a JSON Web Token or a password; and one, the same or another, that repeats a string of \
            the client of at least `echo`. The first 4 KiB of a message are searched for the 16 last strings of the \
            client, up to 64 bytes each; what is itself such a secret does not count.
            """,
        fix: "Agree on server_no_context_takeover, or send secrets uncompressed or not at all.",
        snippets: [
            Snippet(.ws, "new WebSocketServer({ perMessageDeflate: { serverNoContextTakeover: true } });"),
            Snippet(
                .websockets,
                """
                serve(handler, extensions=[ServerPerMessageDeflateFactory(server_no_context_takeover=True)])
                """),
            Snippet(.gorilla, "conn.EnableWriteCompression(false) // before the message with the secret"),
        ],
        exceptions: "Secrets that are used once, and clients that nobody else can make send anything.",
        thresholds: [Threshold("echo", .bytes(8), "the shortest string whose repetition counts")],
        examples: examples)

    static let watches: EventKinds = .message

    private let shortest: Int
    /// What the client said last.
    private var spoken: [[UInt8]] = []
    private var secret: UInt64?
    private var hasEcho = false
    private var hasCompressed = false

    private static let longest = 64
    private static let remembered = 16
    private static let searched = 4096

    init(_ settings: RuleSettings) { shortest = max(4, settings.bytes("echo")) }

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .message(let message) = event.kind, message.opcode == .text,
            let compression = connection.handshake?.compression
        else { return }
        if message.side == .server, message.isCompressed { hasCompressed = true }
        guard !compression.noContextTakeover(of: .server) else { return }
        switch message.side {
        case .client: listen(message, payload, connection)
        case .server:
            guard message.isCompressed else { return }
            judge(message, payload, connection, &report)
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        if connection.isMidstream { return .midstream }
        if connection.areExtensionsUnclear { return .unknownExtension }
        return hasCompressed ? .pass : .notApplicable("nothing compressed by the server")
    }
}

extension CompressSecretMix {
    /// Remembers what the server might repeat.
    private mutating func listen(
        _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection
    ) {
        let secrets = secrets(message, payload, connection)
        guard let sketch = connection.sketch(message, payload) else {
            remember(0..<payload.count, of: payload, secrets)
            return
        }
        let type = connection.gist(message, payload).type
        for member in sketch.members where member.kind == .string && member.value != type {
            remember(member.value, of: payload, secrets)
        }
    }

    private mutating func remember(_ range: Range<Int>, of payload: Span<UInt8>, _ secrets: [Range<Int>]) {
        guard range.count >= shortest, !secrets.contains(where: { $0.overlaps(range) }) else { return }
        if spoken.count == Self.remembered { spoken.removeFirst() }
        let start = payload.extracting(range).extracting(first: Self.longest)
        spoken.append(start.withUnsafeBufferPointer { Array($0) })
    }

    private mutating func judge(
        _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection, _ report: inout Report
    ) {
        if !secrets(message, payload, connection).isEmpty { secret = message.frames.upperBound }
        if !hasEcho {
            let text = payload.extracting(first: Self.searched)
            hasEcho = spoken.contains { Self.contains(text, $0.span) }
        }
        guard hasEcho, let secret else { return }
        report.add(
            "the server compresses a secret, in frame \(secret), with the same window as text of the client",
            at: connection.place(side: .server, frame: secret))
    }

    private func secrets(
        _ message: Event.Message, _ payload: Span<UInt8>, _ connection: LintedConnection
    ) -> [Range<Int>] {
        (connection.scan(message, payload)?.hits ?? []).compactMap { hit in
            switch hit.kind {
            case .privateKey, .cloudKey, .webToken, .namedSecret: hit.bytes
            case .stackTrace, .sourceLine, .databaseError, .email, .card, .privateAddress: nil
            }
        }
    }

    private static func contains(_ text: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
        guard part.count > 0, part.count <= text.count else { return false }
        search: for start in 0...(text.count - part.count) where text[start] == part[0] {
            for index in 1..<max(part.count, 1) where text[start + index] != part[index] { continue search }
            return true
        }
        return false
    }
}

extension CompressSecretMix {
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLW5vYm9keS1hdC1hbGw"

    private static func talk(_ scene: inout Scene, answer: String, _ texts: [String]) {
        scene.open {
            $0.request("Sec-WebSocket-Extensions", "permessage-deflate")
            $0.response("Sec-WebSocket-Extensions", answer)
        }
        let deflater = Deflater(windowBits: 15, noContextTakeover: answer.contains("server_no_context_takeover"))
        scene.text(.client, #"{"type":"search","text":"shoes in red"}"#)
        for text in texts {
            var payload: [UInt8] = []
            deflater.deflate(Array(text.utf8).span, into: &payload)
            scene.frame(.server, .text, payload, rsv1: true)
        }
        scene.end()
    }

    private static let echo = #"{"type":"found","for":"shoes in red","count":3}"#
    private static let secret = #"{"type":"session","ticket":"\#(token)"}"#

    private static let examples: [Example] = [
        .violates("a token, and the words of a search") { talk(&$0, answer: "permessage-deflate", [secret, echo]) },
        .complies("no takeover of the window") {
            talk(&$0, answer: "permessage-deflate; server_no_context_takeover", [secret, echo])
        },
        .complies("nothing of the client comes back") {
            talk(&$0, answer: "permessage-deflate", [secret, #"{"type":"found","count":3}"#])
        },
        .complies("no secret") { talk(&$0, answer: "permessage-deflate", [echo]) },
        .tooLittle("no compression") { scene in
            scene.open()
            scene.text(.client, #"{"type":"search","text":"shoes in red"}"#)
            scene.text(.server, echo)
            scene.end()
        },
    ]
}
