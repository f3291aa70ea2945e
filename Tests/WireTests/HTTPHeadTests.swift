import Testing
import Wire

/// RFC 9112 §2 to §5: what was sent is kept, what breaks the grammar is named.
struct HTTPHeadTests {
    @Test func aRequestIsTakenApart() {
        let head = HTTPHead("GET /chat?a=b HTTP/1.1\r\nHost: a.example\r\nX-Two:  b c \t\r\n\r\n")
        #expect(head.startLine == .request(method: "GET", target: "/chat?a=b", version: "HTTP/1.1"))
        #expect(head.fields.map(\.name) == ["Host", "X-Two"])
        #expect(head.values("host") == ["a.example"])
        #expect(head.values("x-two") == ["b c"])
        #expect(head.faults.isEmpty)
        #expect(head.target == "/chat?a=b" && head.status == nil)
    }

    @Test func aFieldKnowsItsBytes() {
        let head = HTTPHead("GET / HTTP/1.1\r\nHost: a\r\nX:  y \r\n\r\n")
        let lines = head.fields.map { String(decoding: head.bytes[$0.bytes], as: UTF8.self) }
        #expect(lines == ["Host: a", "X:  y "])
    }

    @Test(arguments: [
        ("HTTP/1.1 101 Switching Protocols", 101, "Switching Protocols"), ("HTTP/1.1 200 ", 200, ""),
        ("HTTP/1.1 404", 404, ""), ("HTTP/1.0 500 a  b", 500, "a  b"),
    ])
    func aStatusLineIsTakenApart(line: String, status: Int, phrase: String) {
        let head = HTTPHead("\(line)\r\n\r\n")
        #expect(head.startLine == .response(version: String(line.prefix(8)), status: status, phrase: phrase))
        #expect(head.status == status && head.faults.isEmpty)
    }

    @Test(arguments: [
        "", "\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "HTTP/1.1 1o1 x\r\n\r\n", "HTTP/1.1 99 x\r\n\r\n",
        "HTTP/1.1\r\n\r\n", " \r\n\r\n", "\u{0}\u{1}",
    ])
    func whatIsNoStartLineIsMalformedAndNamed(text: String) {
        let head = HTTPHead(text)
        #expect(head.startLine == .malformed)
        #expect(!head.faults.isEmpty)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", "line 1 ends with LF alone, not CR LF"),
        ("GET / HTTP/1.1\r\nHost a\r\n\r\n", "line 2 has no colon"),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", "line 2 has a field name that is no token"),
        ("GET / HTTP/1.1\r\n: a\r\n\r\n", "line 2 has a field name that is no token"),
        ("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "line 3 is folded, which is obsolete and forbidden"),
        ("GET / HTTP/1.1\r\nA: b\u{0}\r\n\r\n", "line 2 holds a control character"),
        ("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", "line 2 holds a control character"),
        ("GET / HTTP/1.1\r\nA: b", "line 2 has no end"),
        ("GET  / HTTP/1.1\r\n\r\n", "line 1 has white space where none may be"),
        ("GET /a b HTTP/1.1\r\n\r\n", "line 1 has white space where none may be"),
        ("G(T / HTTP/1.1\r\n\r\n", "line 1 has a method that is no token"),
        ("GET / HTTP/11\r\n\r\n", "line 1 has a version that is not HTTP/ and two digits"),
        ("GET / HTTP/1.1\r\n\u{e9}: a\r\n\r\n", "line 2 has a field name that is no token"),
    ])
    func aBreachOfTheGrammarIsNamedWithItsLine(text: String, fault: String) {
        #expect(HTTPHead(text).faults == [fault])
    }

    @Test func aFoldedValueIsJoinedWithSpaces() {
        let head = HTTPHead("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n  d\r\nE: f\r\n\r\n")
        #expect(head.values("A") == ["b  \tc    d"])
        #expect(head.values("E") == ["f"])
    }

    @Test func everyFieldOfANameCounts() {
        let head = HTTPHead("GET / HTTP/1.1\r\nA: b, c\r\nB: x\r\na:d ,, e\r\n\r\n")
        #expect(head.values("A") == ["b, c", "d ,, e"])
        #expect(head.tokens("A") == ["b", "c", "d", "e"])
        #expect(head.contains("E", in: "a") && !head.contains("x", in: "a"))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nUpgrade: WebSocket\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nUpgrade: h2c, websocket\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nsec-websocket-key: x\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", false),
        ("GET / HTTP/1.1\r\n\r\n", false),
        ("HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n", false),
    ])
    func anUpgradeRequestIsKnownHoweverBadItIs(text: String, expected: Bool) {
        #expect(HTTPHead(text).isUpgradeRequest == expected)
    }

    @Test func bytesThatAreNoUTF8StayInTheHead() {
        let bytes = Array("GET / HTTP/1.1\r\nA: ".utf8) + [0xff, 0xe9] + Array("\r\n\r\n".utf8)
        let head = HTTPHead(bytes)
        #expect(head.bytes == bytes)
        #expect(head.values("A") == ["\u{fffd}\u{fffd}"])
        #expect(head.faults.isEmpty, "obs-text is allowed in a value, RFC 9110 §5.5")
    }

    @Test func randomBytesAlwaysMakeAHead() {
        var random = SeededRandom(seed: 1)
        let alphabet = Array("GET HTTP/1.1: ,\r\n\r\n\t\u{0}a".utf8) + [0xff, 0xc3]
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let head = HTTPHead(bytes)
            #expect(head.bytes == bytes)
            for field in head.fields { #expect(bytes.indices.contains(field.bytes)) }
        }
    }
}

extension HTTPHead {
    init(_ text: String) { self.init(Array(text.utf8)) }
}

extension Range<Int> {
    func contains(_ other: Range<Int>) -> Bool { lowerBound <= other.lowerBound && other.upperBound <= upperBound }
}
