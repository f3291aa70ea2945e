import Connection
import Testing
import Wire

/// The opening handshake, RFC 6455 §4, inside the endpoint.
struct EndpointHandshakeTests {
    static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// The first frame may stand right behind the request, cut anywhere.
    @Test func takesRequestAndFirstFrameInAnyCut() {
        let bytes = Play.request() + Play.frame(from: .client, .text, "first")
        for size in 1...bytes.count {
            let play = Play()
            #expect(play.receive(bytes, pieces: size) == [.requested, .text("first")])
            let answer = HTTPHead(play.sent())
            #expect(answer.status == 101)
            #expect(answer.values("Sec-WebSocket-Accept") == [Self.accept])
        }
    }

    @Test func takesResponseAndFirstFrameInAnyCut() throws {
        let bytes = try OpeningHandshake.response(key: Play.key) + Play.frame(from: .server, .text, "first")
        for size in 1...bytes.count {
            let play = try Play.client()
            #expect(play.receive(bytes, pieces: size) == [.opened, .text("first")])
        }
    }

    @Test func readsNothingBeforeTheAnswer() {
        let play = Play()
        var bytes = Play.request() + Play.frame(from: .client, .text, "first")
        bytes.withUnsafeMutableBytes { bytes in
            var cursor = 0
            let first = play.endpoint.next(in: bytes, at: &cursor, now: play.now)
            #expect(first.map(Play.Told.init) == .requested)
            #expect(play.request?.target == "/chat")
            #expect(play.endpoint.next(in: bytes, at: &cursor, now: play.now).map(Play.Told.init) == nil)
            play.endpoint.accept(now: play.now)
            #expect(play.endpoint.next(in: bytes, at: &cursor, now: play.now).map(Play.Told.init) == .text("first"))
        }
    }

    @Test func refusesWithAText() {
        let play = Play()
        _ = play.receive(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
        #expect(!play.brokenDemands.isEmpty)
        play.endpoint.refuse(status: 426, body: "Use WebSocket.\n", now: play.now)
        let answer = play.sent()
        let head = HTTPHead(answer)
        #expect(head.status == 426)
        #expect(head.values("Sec-WebSocket-Version") == ["13"])
        #expect(String(decoding: answer.suffix(15), as: UTF8.self) == "Use WebSocket.\n")
        #expect(play.tcp == .finish && play.state == .closed)
        #expect(play.receive(Play.frame(from: .client, .text, "late")) == [])
    }

    @Test(arguments: [
        ("\u{16}\u{3}\u{1}", 400), ("GET / HTTP/1.1\r\nA: " + String(repeating: "x", count: 9000), 414),
        ("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 101), 431),
    ])
    func refusesWhatIsNoRequest(bytes: String, status: Int) {
        let play = Play()
        #expect(play.receive(Array(bytes.utf8)) == [.failed])
        #expect(HTTPHead(play.sent()).status == status)
        #expect(play.tcp == .finish)
    }

    @Test func agreesToASubprotocolAndCompression() {
        let play = Play()
        var bytes = Play.request(
            extensions: "permessage-deflate; client_max_window_bits", extra: [("Sec-WebSocket-Protocol", "a, b")])
        bytes.withUnsafeMutableBytes { bytes in
            var cursor = 0
            _ = play.endpoint.next(in: bytes, at: &cursor, now: play.now)
        }
        play.endpoint.accept(subprotocol: "b", now: play.now)
        let answer = HTTPHead(play.sent())
        #expect(answer.values("Sec-WebSocket-Protocol") == ["b"])
        #expect(answer.values("Sec-WebSocket-Extensions") == ["permessage-deflate"])
        #expect(play.compression != nil && play.subprotocol == "b")
    }

    @Test(arguments: [
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: \(accept)\r\n\r\n",
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n"
            + "Sec-WebSocket-Protocol: three\r\n\r\n",
    ])
    func clientFailsOnABadAnswer(response: String) throws {
        let play = try Play.client()
        #expect(play.receive(Array(response.utf8)) == [.failed])
        guard case .handshake(let broken)? = play.failure else {
            Issue.record("another failure: \(String(describing: play.failure))")
            return
        }
        #expect(!broken.isEmpty)
        #expect(play.tcp == .finish && play.sent().isEmpty)
    }

    @Test func clientTellsARefusal() throws {
        let play = try Play.client()
        #expect(play.receive(Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno".utf8)) == [.failed])
        #expect(play.failure == .refused(status: 403))
        #expect(play.response?.status == 403)
    }
}
