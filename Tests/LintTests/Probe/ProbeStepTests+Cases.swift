import Connection
import Lint
import Wire

extension ProbeStepTests {
    static let credentials: ProbeOptions = {
        var options = ProbeOptions()
        options.headers = [("Authorization", "Bearer probe")]
        options.origin = "http://127.0.0.1:9001"
        return options
    }()

    static let cookie: ProbeOptions = {
        var options = ProbeOptions()
        options.headers = [("Cookie", "sid=1")]
        return options
    }()

    static let slow: ProbeOptions = {
        var options = ProbeOptions()
        options.isSlow = true
        return options
    }()

    static func offering(_ name: String) -> ProbeOptions {
        var options = ProbeOptions()
        options.subprotocols = [name]
        return options
    }

    /// Takes every piece of advice.
    @Sendable static func harden(_ traits: inout MemoryServer.Traits) {
        traits.limits = EndpointLimits(message: 128 << 10, fragments: 1000)
        traits.mostConnections = 40
        traits.status = { request in
            let status = MemoryServer.strictStatus(request)
            return status == 101 && request.values("Authorization").isEmpty ? 401 : status
        }
        let bucket = Bucket()
        traits.onMessage = { bucket.take() ? .send($0) : .close(.policyViolation, "too many messages") }
    }

    /// One hundred messages for everybody and all of the time, refilled for the next step.
    private final class Bucket: @unchecked Sendable {
        private var left = 100
        func take() -> Bool {
            left -= 1
            guard left < 0 else { return true }
            left = 100
            return false
        }
    }

    static let cases: [Case] = handshakes + frames + closings + limits + contents

    private static let handshakes = [
        Case("S01", "an echo for everybody", .finding(.error, served)),
        Case("S01", "credentials are demanded", .pass, options: credentials, harden),
        Case("S01", "a login is demanded in the first message", .pass) { traits in
            traits.onMessage = { _ in .close(.policyViolation, "who are you?") }
        },
        Case("S01", "a login is asked for", .pass) { traits in
            traits.onMessage = { _ in .send(Array(#"{"type":"error","code":"login_required","token":null}"#.utf8)) }
        },
        Case("S01", "silent, and open", .finding(.warning, silentlyOpen)) { $0.onMessage = { _ in .nothing } },
        Case("S01", "ends at any message", .notApplicable) { $0.onMessage = { _ in .close(.invalidPayload, "") } },
        Case("S03", "every page", .finding(.warning, evil)) { $0.status = anyOrigin },
        Case("S03", "every page, with the user's cookies", .finding(.error, evil), options: cookie) {
            $0.status = anyOrigin
        },
        Case("S03", "every page, with a token it would have to know", .finding(.note, evil), options: credentials) {
            $0.status = anyOrigin
        },
        Case("S03", "pages of this machine", .pass),
        Case("S04", "pages of this machine", .pass),
        Case("S04", "every page", .notApplicable) { $0.status = anyOrigin },
        Case("S04", "no page at all", .notApplicable) { $0.status = { $0.values("Origin").isEmpty ? 101 : 403 } },
        Case("S04", "null", .finding(.error, weak("null"))) { traits in
            traits.status = { $0.values("Origin") == ["null"] ? 101 : MemoryServer.strictStatus($0) }
        },
        Case("S04", "by its beginning", .finding(.error, weak("http://127.0.0.1.evil.example:9001"))) { traits in
            traits.status = { request in
                let origin = request.values("Origin").first ?? "http://127.0.0.1"
                return origin.hasPrefix("http://127.0.0.1") ? 101 : 403
            }
        },
        Case("S05", "an echo for every page", .finding(.error, anyPage)) { $0.status = anyOrigin },
        Case("S05", "an echo for pages of this machine", .pass),
        Case("H01", "right", .pass),
        Case("H01", "of another key", .finding(.error, wrongAccept)) { traits in
            traits.answer = { $0.replacing(#/Accept: \S+/#, with: "Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") }
        },
        Case("H02", "right", .pass),
        Case("H02", "no Upgrade", .finding(.error, "Upgrade: Upgrade is missing")) { traits in
            traits.answer = { $0.replacing("Upgrade: websocket\r\n", with: "") }
        },
        Case("H04", "426 with the version", .pass),
        Case("H04", "any version", .finding(.error, "version 7 of the protocol is accepted")) { traits in
            traits.status = { $0.values("Sec-WebSocket-Version") == ["7"] ? 101 : MemoryServer.strictStatus($0) }
        },
        Case("H04", "without naming its own", .finding(.warning, noVersion)) { traits in
            traits.answer = { $0.replacing("Sec-WebSocket-Version: 13\r\n", with: "") }
        },
        Case("H07", "chooses none of them", .pass),
        Case("H07", "agrees to anything", .finding(.warning, "the server agrees to a subprotocol that nobody knows")) {
            $0.subprotocol = { $0.tokens("Sec-WebSocket-Protocol").first }
        },
        Case("H07", "chooses none of a client's", .finding(.note, noneChosen), options: offering("chat.v1")),
        Case("H07", "chooses another", .finding(.error, otherChosen), options: offering("chat.v1")) { traits in
            traits.subprotocol = { _ in "chat.v2" }
        },
        Case("H09", "declines what it must", .pass),
        Case("H09", "agrees to what it does not know", .finding(.error, unknownExtension)) { traits in
            traits.compression = nil
            traits.answer = { $0.replacing("101 Switching Protocols\r\n", with: extending) }
        },
        Case("H10", "refuses them", .pass),
        Case("H10", "a key of 5 bytes", .finding(.error, "a request with a key of 5 bytes is accepted")) { traits in
            traits.status = { request in
                request.values("Sec-WebSocket-Key") == ["d3MxMDE="] ? 101 : MemoryServer.strictStatus(request)
            }
        },
        Case("H11", "431", .pass),
        Case("H11", "any number of fields", .finding(.warning, "a request with 200 header fields is accepted")) {
            $0.limits.http = HTTPLimits(bytes: 1 << 20, line: 1 << 20, fields: 1000)
            $0.status = { $0.fields.count > 100 && $0.fields.count < 300 ? 101 : MemoryServer.strictStatus($0) }
        },
    ]

    private static let frames =
        ["F01", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F11", "F12"].flatMap { rule in
            [Case(rule, "fails the connection", .pass)]
        } + [
            Case("F12", "passes over faults", .finding(.error, tolerated)) { $0.isTolerant = true },
            Case("F01", "passes over faults, and F12 is off", .finding(.error, tolerated)) { $0.isTolerant = true },
            Case("F11", "does not compress", .notApplicable) { $0.compression = nil },
            Case("C04", "the right codes", .pass),
            Case("C04", "1000 for everything", .finding(.warning, wrongCode)) { $0.closeCode = 1000 },
            Case("L03", "answers", .pass),
            Case("L03", "answers none", .finding(.error, "no Pong within 8 s after a Ping with 0 B")) { traits in
                traits.pong = { _ in nil }
            },
            Case("L03", "answers with something else", .finding(.error, "a Ping with 8 B got a Pong with other bytes"))
            {
                $0.pong = { $0.isEmpty ? $0 : [0x21] }
            },
        ]

    private static let closings = [
        Case("C02", "closes", .pass),
        Case("C02", "does not answer", .finding(.error, "no Close came within 10 s after the client's")) { traits in
            traits.ignoresCloses = true
        },
        Case("C02", "keeps TCP", .finding(.warning, "the server keeps TCP open for more than 5 s after both Closes")) {
            $0.keepsTCP = true
        },
        Case("C03", "fails the connection", .pass),
        Case("C03", "passes over them", .finding(.error, "a Close with one byte is ignored for 2 s")) { traits in
            traits.isTolerant = true
        },
        Case("L01", "without --slow", .notApplicable),
        Case("L01", "a Ping every 20 s", .pass, options: slow),
        Case("L01", "none", .finding(.warning, "65 s of silence, and no Ping from the server"), options: slow) {
            traits in
            traits.timing.pingInterval = nil
        },
    ]
}
