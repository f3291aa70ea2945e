import Testing
import Wire

/// Every demand of RFC 6455 §4.2.2 on a response, which the client checks by §4.1.
struct ResponseJudgeTests {
    static let lines = [
        "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Sec-WebSocket-Protocol: chat",
    ]
    static let request = RequestJudgeTests.request(
        "Origin", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=12, x-mine")

    static func response(_ name: String = "", _ replacement: String...) -> HTTPHead {
        let index = lines.firstIndex { $0.hasPrefix(name) }
        let changed = lines.enumerated().flatMap { $0.offset == index ? replacement : [$0.element] }
        return HTTPHead((name.isEmpty ? lines : changed).joined(separator: "\r\n") + "\r\n\r\n")
    }

    static func judge(_ head: HTTPHead, request: HTTPHead = request) -> [Demand] {
        OpeningHandshake.judge(response: head, to: request)
    }

    static func verdict(_ rule: Demand.Rule, _ demands: [Demand]) -> Demand.Verdict? {
        demands.first { $0.rule == rule }?.verdict
    }

    @Test func theStandardsOwnResponseMeetsEverything() {
        let demands = Self.judge(Self.response())
        #expect(demands.filter(\.isBroken).isEmpty)
        #expect(
            demands.filter { $0.verdict != .met }.map(\.rule)
                == [.supportedVersions, .extensionsAnswer, .extensionsOnce, .compression])
        let request = OpeningHandshake.judge(request: Self.request)
        #expect(request.map(\.rule) + demands.map(\.rule) == Demand.Rule.allCases, "every rule is judged, in order")
    }

    @Test(arguments: [
        ("HTTP", "HTTP/1.0 101 Switching Protocols", Demand.Rule.responseVersion, "the version is HTTP/1.0"),
        ("Upgrade", "X: y", .upgradeAnswer, "Upgrade is missing"),
        ("Upgrade", "Upgrade: websocket, h2c", .upgradeAnswer, "it names h2c"),
        ("Connection", "X: y", .connectionAnswer, "Connection is missing"),
        ("Connection", "Connection: close", .connectionAnswer, "it is close"),
        ("Sec-WebSocket-Accept", "X: y", .accept, "Sec-WebSocket-Accept is missing"),
        (
            "Sec-WebSocket-Accept", "Sec-WebSocket-Accept: abc", .accept,
            "it must be s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        ),
        (
            "Sec-WebSocket-Accept", "Sec-WebSocket-Accept: dGhlIHNhbXBsZSBub25jZQ==", .accept,
            "it must be s3pPLMBiTxaQ9kYGzzhZRbK+xOo=; this is the key itself"
        ),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: other", .subprotocolAnswer, "other was not offered"),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: Chat", .subprotocolAnswer, "Chat was not offered"),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol:", .subprotocolAnswer,
            "it is empty, which is not the same as none"
        ),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: chat, superchat", .subprotocolAnswer,
            "chat, superchat is no single token"
        ),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: x-other", .extensionsAnswer,
            "x-other was not offered"
        ),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions:", .extensionsAnswer,
            "at character 1 of the header an extension's name is expected"
        ),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=13",
            .compression, "permessage-deflate: client_max_window_bits is 13, larger than the 12 offered"
        ),
        (
            "Connection", "Connection: Upgrade\r\nContent-Length: 0", .responseBody,
            "Content-Length has no place in a 101"
        ),
        ("Upgrade", "Upgrade: websocket\r\nX : y", .responseGrammar, "line 3 has a field name that is no token"),
    ])
    func oneBreachIsNamedAndBlamedOnOneDemand(line: String, replacement: String, rule: Demand.Rule, why: String) {
        let demands = Self.judge(Self.response(line, replacement))
        #expect(Self.verdict(rule, demands) == .broken(why))
        #expect(demands.filter(\.isBroken).map(\.rule) == [rule])
    }

    @Test(arguments: [
        ("Sec-WebSocket-Accept", Demand.Rule.acceptOnce), ("Sec-WebSocket-Protocol", .subprotocolOnce),
    ])
    func whatMustBeThereOnceMustNotBeThereTwice(name: String, rule: Demand.Rule) {
        let line = Self.lines.first { $0.hasPrefix(name) } ?? ""
        let demands = Self.judge(Self.response(name, line, line))
        #expect(Self.verdict(rule, demands) == .broken("\(name) is there 2 times"))
        #expect(demands.filter(\.isBroken).map(\.rule) == [rule])
    }

    @Test func twoExtensionFieldsAreNotedButNobodyIsBlamed() {
        let demands = Self.judge(
            Self.response(
                "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: x-mine",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=12"))
        let once = demands.first { $0.rule == .extensionsOnce }
        #expect(once?.verdict == .met && once?.note != nil)
        #expect(demands.filter(\.isBroken).isEmpty)
        #expect(Self.verdict(.compression, demands) == .met)
    }

    /// What servers that got it wrong sent, each recognised.
    @Test(arguments: [
        (Array("dGhlIHNhbXBsZSBub25jZQ==".utf8), "the server forgot to append the GUID"),
        (
            Array("the sample nonce258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8),
            "the server decoded the key first; it is hashed as the text it is"
        ),
        (
            Array("dGhlIHNhbXBsZSBub25jZQ==258eafa5-e914-47da-95ca-c5ab0dc85b11".utf8),
            "the server wrote the GUID in lower case"
        ),
    ])
    func theUsualMistakesInTheAcceptValueAreRecognised(hashed: [UInt8], hint: String) {
        let wrong = Base64.encode(SHA1.hash(hashed))
        let demands = Self.judge(Self.response("Sec-WebSocket-Accept", "Sec-WebSocket-Accept: \(wrong)"))
        #expect(Self.verdict(.accept, demands) == .broken("it must be s3pPLMBiTxaQ9kYGzzhZRbK+xOo=; \(hint)"))
    }

    @Test func whereTheServerDidNotSwitchOnlyTheStatusIsBroken() {
        let demands = Self.judge(HTTPHead("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"))
        #expect(demands.filter(\.isBroken).map(\.rule) == [.status])
        #expect(demands.count == Self.judge(Self.response()).count)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK", "200 OK: an ordinary HTTP answer"),
        ("HTTP/1.1 302 Found\r\nLocation: wss://b/\u{9b}", "302 Found: the server redirects to wss://b/\\u{9b}; no"),
        ("HTTP/1.1 301 Moved", "301 Moved: a redirect that does not say where to"),
        ("HTTP/1.1 400", "400: the server, or a proxy before it, finds the request faulty"),
        ("HTTP/1.1 401 X\r\nWWW-Authenticate: Basic", "401 X: the server wants credentials, WWW-Authenticate: Basic"),
        ("HTTP/1.1 403 Forbidden", "403 Forbidden: the server does not want this client: look at Origin"),
        ("HTTP/1.1 404 Not Found", "404 Not Found: there is nothing at this path"),
        ("HTTP/1.1 426 Upgrade Required", "426 Upgrade Required: the server saw no upgrade"),
        (
            "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 8, 7",
            "426 Upgrade Required: the server speaks version 8, 7, not 13"
        ),
        ("HTTP/1.1 400 No\r\nSec-WebSocket-Version: 8", "400 No: the server speaks version 8, not 13"),
        ("HTTP/1.1 502 Bad Gateway", "502 Bad Gateway: a proxy or load balancer answers"),
        ("HTTP/1.1 500 \u{1b}[2J", "500 \\x1b[2J: the server failed"), ("nonsense", "this is no HTTP response"),
    ])
    func aRefusalIsExplained(text: String, explanation: String) {
        let why = OpeningHandshake.refusal(in: HTTPHead(text + "\r\n\r\n"), to: Self.request)
        #expect(why?.hasPrefix(explanation) == true, "\(why ?? "nil")")
    }

    @Test func aSwitchIsNoRefusal() {
        #expect(OpeningHandshake.refusal(in: Self.response(), to: Self.request) == nil)
    }

    /// §4.2.2 and §4.4: who refuses a version tells which it speaks.
    @Test(arguments: [
        ("8", "HTTP/1.1 400 Bad Request", Demand.Verdict.broken("Sec-WebSocket-Version is missing")),
        ("8", "HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8, 7", .met),
        ("13", "HTTP/1.1 426 Upgrade Required", .broken("Sec-WebSocket-Version is missing")),
        ("13", "HTTP/1.1 426 X\r\nSec-WebSocket-Version: 013", .broken("013 is no number from 0 to 255")),
        ("13", "HTTP/1.1 404 Not Found", .notApplicable("the version was not refused")),
    ])
    func aRefusedVersionIsAnsweredWithThoseSupported(asked: String, answer: String, expected: Demand.Verdict) {
        let request = RequestJudgeTests.request("Sec-WebSocket-Version", "Sec-WebSocket-Version: \(asked)")
        #expect(
            Self.verdict(.supportedVersions, Self.judge(HTTPHead(answer + "\r\n\r\n"), request: request)) == expected)
    }
}
