import Testing
import Wire

/// What both sides write is one head that meets every demand, and nothing can be smuggled into it.
struct HTTPHeadWriterTests {
    static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    @Test func whatTheClientWritesMeetsEveryDemand() throws {
        let bytes = try OpeningHandshake.request(
            target: "/chat?room=1", host: "a.example:8080", key: Self.key, origin: "https://a.example",
            subprotocols: ["chat", "superchat"], extensions: DeflateParameters.offer(),
            extra: [("Authorization", "Bearer x"), ("Cookie", "a=b; c=d")])
        let head = HTTPHead(bytes)
        #expect(OpeningHandshake.judge(request: head).allSatisfy { $0.verdict == .met })
        #expect(head.values("Authorization") == ["Bearer x"] && head.values("Cookie") == ["a=b; c=d"])
        #expect(head.tokens("Sec-WebSocket-Protocol") == ["chat", "superchat"])
    }

    @Test func whatTheServerWritesMeetsEveryDemand() throws {
        let request = HTTPHead(
            try OpeningHandshake.request(
                target: "/", host: "a", key: Self.key, subprotocols: ["chat"], extensions: DeflateParameters.offer()))
        let offers = request.values("Sec-WebSocket-Extensions")
        let bytes = try OpeningHandshake.response(
            key: Self.key, subprotocol: "chat", extensions: DeflateParameters.negotiate(offers: offers)?.header,
            extra: [("Server", "ws101")])
        let demands = OpeningHandshake.judge(response: HTTPHead(bytes), to: request)
        #expect(demands.filter { $0.verdict != .met }.map(\.rule) == [.supportedVersions])
        #expect(HTTPHead(bytes).values("Server") == ["ws101"])
    }

    @Test func aRefusalSaysWhyAndHowLongItIs() throws {
        let bytes = try OpeningHandshake.refuse(403, "origin \u{1b}[31m is not welcome", extra: [("X-A", "b")])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nX-A: b\r\n"))
        #expect(text.hasSuffix("\r\n\r\norigin \\x1b[31m is not welcome\n"))
        let body = text.split(separator: "\r\n\r\n").last.map { String($0.utf8.count) }
        #expect(HTTPHead(bytes).values("Content-Length").first == body)
    }

    @Test func aRefusedVersionNamesOurs() throws {
        let request = RequestJudgeTests.request("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8")
        let head = HTTPHead(try OpeningHandshake.refuse(426, "version 8"))
        let demand = OpeningHandshake.judge(response: head, to: request).first { $0.rule == .supportedVersions }
        #expect(demand?.verdict == .met)
        #expect(head.contains("upgrade", in: "Connection") && head.contains("websocket", in: "Upgrade"))
    }

    @Test(arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\u{0}b", "a\u{7f}", "a\u{1b}"])
    func noValueCanSmuggleInALine(evil: String) {
        #expect(throws: HTTPHeadWriter.Fault.value(evil, name: "Host")) {
            try OpeningHandshake.request(target: "/", host: evil, key: Self.key)
        }
        #expect(throws: HTTPHeadWriter.Fault.value(evil, name: "X")) {
            try OpeningHandshake.response(key: Self.key, extra: [("X", evil)])
        }
        #expect(throws: HTTPHeadWriter.Fault.target("/\(evil)")) {
            try OpeningHandshake.request(target: "/\(evil)", host: "a", key: Self.key)
        }
        #expect(throws: HTTPHeadWriter.Fault.name(evil)) {
            try OpeningHandshake.refuse(400, "x", extra: [(evil, "y")])
        }
    }

    @Test(arguments: ["", "a b", "a:", "a\u{e9}", "(a)"]) func aNameThatIsNoTokenIsRefused(name: String) {
        #expect(throws: HTTPHeadWriter.Fault.name(name)) {
            try OpeningHandshake.request(target: "/", host: "a", key: Self.key, extra: [(name, "x")])
        }
    }

    @Test(arguments: ["", "/a b", "/a#b"]) func aTargetThatIsNoneIsRefused(target: String) {
        #expect(throws: HTTPHeadWriter.Fault.target(target)) {
            try OpeningHandshake.request(target: target, host: "a", key: Self.key)
        }
    }

    @Test func everyFaultIsSafeToPrint() {
        let faults: [HTTPHeadWriter.Fault] = [.target("\u{1b}"), .name("\u{9b}"), .value("\u{202e}", name: "A")]
        #expect(
            faults.map(\.description) == [
                "\"\\x1b\" is no request target: no spaces, no \"#\", no control characters",
                "\"\\u{9b}\" is no name of a header field", "the value \"\\u{202e}\" of A has a control character",
            ])
    }
}
