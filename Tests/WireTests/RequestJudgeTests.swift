import Testing
import Wire

/// Every demand of RFC 6455 §4.1 and §4.2.1 on a request, one by one.
struct RequestJudgeTests {
    static let lines = [
        "GET /chat HTTP/1.1", "Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Origin: http://example.com",
        "Sec-WebSocket-Protocol: chat, superchat", "Sec-WebSocket-Version: 13",
    ]

    /// The request of §1.2 with the lines of that name, or the start line, replaced.
    static func request(_ name: String = "", _ replacement: String...) -> HTTPHead {
        let index = lines.firstIndex { $0.hasPrefix(name) }
        let changed = lines.enumerated().flatMap { $0.offset == index ? replacement : [$0.element] }
        return HTTPHead((name.isEmpty ? lines : changed).joined(separator: "\r\n") + "\r\n\r\n")
    }

    static func verdict(_ rule: Demand.Rule, _ head: HTTPHead) -> Demand.Verdict? {
        OpeningHandshake.judge(request: head).first { $0.rule == rule }?.verdict
    }

    static func brokenRules(_ head: HTTPHead) -> [Demand.Rule] {
        OpeningHandshake.judge(request: head).filter(\.isBroken).map(\.rule)
    }

    @Test func theStandardsOwnRequestMeetsEverything() {
        let demands = OpeningHandshake.judge(request: Self.request())
        #expect(demands.filter(\.isBroken).isEmpty)
        #expect(demands.map(\.rule).count == Set(demands.map(\.rule)).count)
        #expect(demands.filter { $0.verdict != .met }.map(\.rule) == [.extensions])
    }

    @Test(arguments: [
        ("GET", "POST /chat HTTP/1.1", Demand.Rule.method, "the method is POST"),
        ("GET", "get /chat HTTP/1.1", .method, "the method is get"),
        ("GET", "GET /chat HTTP/1.0", .requestVersion, "the version is HTTP/1.0"),
        ("GET", "GET chat HTTP/1.1", .target, "it begins with neither \"/\" nor a scheme"),
        ("GET", "GET /chat#top HTTP/1.1", .target, "it has a fragment: \"#\" must be written %23"),
        ("GET", "GET /ch\u{e4}t HTTP/1.1", .target, "it has characters that must be percent-encoded"),
        ("GET", "GET ftp://a/chat HTTP/1.1", .target, "the scheme ftp is neither http nor https"),
        ("Host", "X: y", .host, "Host is missing"),
        ("Host", "Host:", .host, "\"\" is no host with an optional port"),
        ("Host", "Host: a b", .host, "\"a b\" is no host with an optional port"),
        ("Host", "Host: user@a", .host, "\"user@a\" is no host with an optional port"),
        ("Host", "Host: a:70000", .host, "\"a:70000\" is no host with an optional port"),
        ("Host", "Host: http://a", .host, "\"http://a\" is no host with an optional port"),
        ("Upgrade", "X: y", .upgrade, "Upgrade is missing; a proxy in between may have removed it"),
        ("Upgrade", "Upgrade: h2c", .upgrade, "it is h2c"),
        ("Upgrade", "Upgrade: websockets", .upgrade, "it is websockets"),
        ("Connection", "X: y", .connection, "Connection is missing; a proxy in between may have removed it"),
        ("Connection", "Connection: keep-alive", .connection, "it is keep-alive"),
        ("Sec-WebSocket-Key", "X: y", .key, "Sec-WebSocket-Key is missing"),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key: !", .key, "it is not base64"),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key:", .key, "it is 0 bytes long when decoded"),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key: AAAA", .key, "it is 3 bytes long when decoded"),
        ("Sec-WebSocket-Version", "X: y", .webSocketVersion, "Sec-WebSocket-Version is missing"),
        ("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8", .webSocketVersion, "it is 8"),
        (
            "Sec-WebSocket-Version", "Sec-WebSocket-Version: 13, 8", .webSocketVersion,
            "it is 13, 8, no number from 0 to 255"
        ),
        ("Origin", "Origin: example.com", .origin, "\"example.com\" is no scheme://host and not null"),
        ("Origin", "Origin: http://a/path", .origin, "\"http://a/path\" is no scheme://host and not null"),
        ("Origin", "Origin:", .origin, "\"\" is no scheme://host and not null"),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: a, a", .subprotocols, "a is there twice"),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: a,, b", .subprotocols, "an element is empty"),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol:", .subprotocols, "an element is empty"),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: a b", .subprotocols, "a b is no token"),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: a;", .extensions,
            "at character 3 of the header a parameter is expected"
        ),
        (
            "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions: a b", .extensions,
            "at character 3 of the header \",\" or \";\" is expected"
        ),
        ("Origin", "Content-Length: 5", .requestBody, "Content-Length announces a body"),
        ("Origin", "Transfer-Encoding: chunked", .requestBody, "Transfer-Encoding announces a body"),
        ("Host", "Host: a\r\nX : y", .requestGrammar, "line 3 has a field name that is no token"),
    ])
    func oneBreachIsNamedAndBlamedOnOneDemand(line: String, replacement: String, rule: Demand.Rule, why: String) {
        let head = Self.request(line, replacement)
        #expect(Self.verdict(rule, head) == .broken(why))
        #expect(Self.brokenRules(head) == [rule])
    }

    @Test(arguments: [
        ("GET", "GET https://server.example.com/chat?a=%23 HTTP/1.1", Demand.Rule.target),
        ("GET", "GET /chat HTTP/2.0", .requestVersion),
        ("Host", "host:[::1]:8080", .host), ("Host", "Host: 127.0.0.1:1", .host), ("Host", "Host: a:", .host),
        ("Upgrade", "UPGRADE: h2c, WebSocket", .upgrade),
        ("Connection", "Connection: keep-alive, upgrade", .connection),
        ("Origin", "Origin: null", .origin), ("Origin", "Origin: chrome-extension://abc", .origin),
        ("Origin", "Origin: https://[::1]:8443", .origin), ("Origin", "Origin: file://", .origin),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: A", .subprotocols),
        (
            "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"1\\5\" , x\r\n"
                + "Sec-WebSocket-Extensions: y",
            .extensions
        ),
        ("Origin", "Content-Length: 0", .requestBody),
    ])
    func whatTheStandardAllowsIsMet(line: String, replacement: String, rule: Demand.Rule) {
        let head = Self.request(line, replacement)
        #expect(Self.verdict(rule, head) == .met)
        #expect(Self.brokenRules(head).isEmpty)
    }

    @Test(arguments: [
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", Demand.Rule.keyOnce),
        ("Sec-WebSocket-Version", "Sec-WebSocket-Version: 13", .webSocketVersionOnce),
        ("Origin", "Origin: http://other.example", .origin), ("Host", "Host: other.example", .host),
    ])
    func whatMustBeThereOnceMustNotBeThereTwice(name: String, second: String, rule: Demand.Rule) {
        let first = Self.lines.first { $0.hasPrefix(name) } ?? ""
        let head = Self.request(name, first, second)
        #expect(Self.verdict(rule, head) == .broken("\(name) is there 2 times"))
        #expect(Self.brokenRules(head) == [rule])
    }

    @Test(arguments: [("Origin", Demand.Rule.origin), ("Sec-WebSocket-Protocol", .subprotocols)])
    func whatIsOptionalNeedNotBeThere(name: String, rule: Demand.Rule) {
        let head = Self.request(name, "X: y")
        guard case .notApplicable? = Self.verdict(rule, head) else {
            Issue.record("judged though absent")
            return
        }
        #expect(Self.brokenRules(head).isEmpty)
    }

    @Test func theStandardsOwnNonCanonicalKeyIsToleratedAndNoted() {
        let head = Self.request("Sec-WebSocket-Key", "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==")
        let demand = OpeningHandshake.judge(request: head).first { $0.rule == .key }
        #expect(demand?.verdict == .met && demand?.note != nil)
    }

    @Test func escapeSequencesOfThePeerDoNotReachTheVerdict() {
        for name in ["GET", "Host", "Upgrade", "Connection", "Origin", "Sec-WebSocket-Protocol", "Sec-WebSocket-Key"] {
            let evil = name == "GET" ? "\u{9b}31m\u{202e} /\u{9b} HTTP/1.1" : "\(name): \u{9b}31m \u{202e}x"
            let text = OpeningHandshake.judge(request: Self.request(name, evil)).map { "\($0.verdict)" }.joined()
            #expect(!text.unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n\r\n", "\u{0}"]) func anythingCanBeJudged(text: String) {
        let demands = OpeningHandshake.judge(request: HTTPHead(text))
        #expect(demands.contains { $0.rule == .method && $0.isBroken })
    }

    @Test(arguments: Demand.Rule.allCases) func everyDemandHasItsWordsAndItsSection(rule: Demand.Rule) {
        #expect(rule.section.contains("§") && rule.section.hasPrefix("RFC "))
        #expect(!rule.text.isEmpty && rule.text.count < 60)
        #expect((400...505).contains(rule.refusal))
    }
}
