import Testing
import Wire

/// One head out of any bytes, the same for every chunking, and not a byte too far.
struct HTTPHeadDecoderTests {
    /// What a decoder told, and how many bytes it took for it.
    struct Outcome: Equatable {
        var step: HTTPHeadDecoder.Step?
        var taken = 0
        var pending: [UInt8] = []
    }

    static func decode(_ pieces: [[UInt8]], limits: HTTPLimits = .default) -> Outcome {
        var decoder = HTTPHeadDecoder(limits: limits)
        var outcome = Outcome()
        for piece in pieces {
            var offset = 0
            if let step = decoder.next(piece.span, at: &offset) {
                if outcome.step != nil { Issue.record("a second step") }
                outcome.step = step
            }
            outcome.taken += offset
        }
        outcome.pending = decoder.pending
        return outcome
    }

    static let head = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"

    static let vectors: [[UInt8]] =
        [
            head, head + "\u{1}\u{5}Hello", "\r\n\r\n" + head, head.filter { $0 != "\r\n" },
            "GET / HTTP/1.1\nHost: a\n\nrest", "GET / HTTP/1.1\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 200\r\n\r\nbody", "hello\r\n\r\n", "hello world\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\n\u{0}",
            "GET /\u{1b}[2J HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\r\r\n",
        ].map { Array($0.utf8) } + [[0x16, 0x03, 0x01, 0x02, 0x00], [0x81, 0x85, 1, 2, 3, 4], [0xff], []]

    @Test(arguments: vectors) func everyCutGivesTheSame(bytes: [UInt8]) {
        let whole = Self.decode([bytes])
        for cut in 0...bytes.count {
            #expect(Self.decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(Self.decode(bytes.map { [$0] }) == whole)
        #expect(whole.pending == Array(bytes[..<whole.taken]))
    }

    @Test func framesBehindTheBlankLineAreNotTaken() {
        let bytes = Array(Self.head.utf8) + [0x81, 0x00]
        let outcome = Self.decode([bytes])
        #expect(outcome.taken == Self.head.utf8.count)
        #expect(outcome.step == .head(HTTPHead(Self.head)))
    }

    @Test(arguments: ["\r\n" + head, "\n\n" + head]) func emptyLinesInFrontAreSkipped(text: String) {
        guard case .head(let head)? = Self.decode([Array(text.utf8)]).step else {
            Issue.record("no head")
            return
        }
        #expect(head.target == "/chat")
    }

    @Test(arguments: [
        [0x16, 0x03, 0x01], [0x81, 0x85], [0x00], [0x20], Array("SSH-2.0-OpenSSH\r\n".utf8),
        Array("hello world\r\n".utf8), Array("GET /\u{0} HTTP/1.1".utf8), Array("\"GET".utf8),
        Array("G\u{e9}T".utf8),
    ])
    func whatDoesNotBeginLikeHTTPIsSaidAtOnce(bytes: [UInt8]) {
        #expect(Self.decode([bytes]).step == .notHTTP)
    }

    @Test func anUnfinishedHeadIsPending() {
        let outcome = Self.decode([Array("GET / HT".utf8)])
        #expect(outcome.step == nil)
        #expect(outcome.pending == Array("GET / HT".utf8))
    }

    @Test func everyLimitHoldsAtItsFigureAndFailsOneAbove() {
        let limits = HTTPLimits(bytes: 200, line: 50, fields: 3)
        func step(_ text: String) -> HTTPHeadDecoder.Step? { Self.decode([Array(text.utf8)], limits: limits).step }
        func isHead(_ text: String) -> Bool { step(text) == .head(HTTPHead(text)) }
        let start = "GET / HTTP/1.1\r\n"

        #expect(isHead(start + "A: \(String(repeating: "x", count: 47))\r\n\r\n"))
        #expect(step(start + "A: \(String(repeating: "x", count: 48))\r\n\r\n") == .tooLarge(.line))
        #expect(step("GET /\(String(repeating: "x", count: 50)) HTTP/1.1\r\n\r\n") == .tooLarge(.line))

        #expect(isHead(start + "A: b\r\nA: b\r\nA: b\r\n\r\n"))
        #expect(step(start + "A: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n") == .tooLarge(.fields))

        #expect(step(String(repeating: "\r\n", count: 101)) == .tooLarge(.bytes))
    }

    @Test func theWholeHeadMayHaveExactlyItsLimit() {
        let text = Self.head
        let count = text.utf8.count
        let exact = Self.decode([Array(text.utf8)], limits: HTTPLimits(bytes: count)).step
        let less = Self.decode([Array(text.utf8)], limits: HTTPLimits(bytes: count - 1)).step
        #expect(exact == .head(HTTPHead(text)))
        #expect(less == .tooLarge(.bytes))
    }

    @Test func nothingIsTakenAfterTheStep() {
        var decoder = HTTPHeadDecoder()
        let bytes = Array((Self.head + Self.head).utf8)
        var offset = 0
        _ = decoder.next(bytes.span, at: &offset)
        let stop = offset
        let second = decoder.next(bytes.span, at: &offset)
        #expect(second == nil && offset == stop && decoder.isFinished)
    }

    @Test func randomBytesInRandomPiecesGiveTheSame() {
        var random = SeededRandom(seed: 2)
        let words = ["GET ", "/ ", "HTTP/1.1", "\r\n", "\n", "\r", "A: b", " ", "\u{0}", "Host:", "HTTP/1.1 101 x"]
        let limits = HTTPLimits(bytes: 90, line: 30, fields: 3)
        for _ in 0..<3000 {
            let count = Int.random(in: 1...14, using: &random)
            let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            let bytes = Array(text.utf8) + random.bytes(2)
            let pieces = random.cut(bytes, longest: 9)
            if Self.decode(pieces, limits: limits) != Self.decode([bytes], limits: limits) { Issue.record("\(bytes)") }
        }
    }
}
