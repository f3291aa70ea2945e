import Connection
import Testing
import Wire

/// Opening handshakes and whatever else goes over a connection before one.
@Suite struct ObserverHTTPTests {
    private func opened() -> TrafficPlay {
        var play = TrafficPlay()
        play.happens(.opened(TrafficPlay.opening))
        return play
    }

    private func lines(_ play: TrafficPlay) -> [String] { play.lines().filter { $0 != "opened" && $0 != "closed" } }

    @Test func everyDemandIsJudged() throws {
        let script = TrafficPlay.established().script()
        let handshake = try #require(script.handshakes.first)
        #expect(handshake.requestDemands.count > 8 && handshake.responseDemands.count > 5)
        #expect((handshake.requestDemands + handshake.responseDemands).filter(\.isBroken).isEmpty)
        #expect(script.closure?.wasEstablished == true)
    }

    @Test func aWrongAcceptIsToldAndFramesFollow() throws {
        var play = opened()
        play.client(TrafficPlay.request())
        play.server(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n")
        play.server(sentFrame(.ping, "1", from: .server))
        let script = play.script()
        #expect(script.heads.last?.demands.filter(\.isBroken).map(\.rule) == [.accept])
        #expect(script.lines.contains("server 1 ping \"1\""))
        #expect(script.closure?.traffic.server.violations == 1)
    }

    @Test func requestsBeforeTheUpgradeWithBodiesSkipped() {
        var play = opened()
        play.client("POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /")
        play.server(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4;x=\"1\"\r\nab\r\n\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")
        play.client("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
        play.server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        play.client(TrafficPlay.request())
        play.server(TrafficPlay.response())
        play.client(sentFrame(.text, "hi", from: .client))
        #expect(
            lines(play) == [
                "client POST /login", "server 100", "server 200", "client HEAD /", "server 200",
                "client GET /chat handshake", "server 101 handshake", "established", "client 1 text \"hi\"",
                "client message 1 text \"hi\"",
            ])
    }

    @Test func aRefusedUpgradeAndAnotherTry() {
        var play = opened()
        play.client(TrafficPlay.request("Origin: null\r\n"))
        play.server("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope")
        play.client(TrafficPlay.request())
        play.server(TrafficPlay.response())
        #expect(
            lines(play) == [
                "client GET /chat handshake", "server 403 handshake", "client GET /chat handshake",
                "server 101 handshake", "established",
            ])
    }

    @Test func aResponseUntilTheEnd() {
        var play = opened()
        play.client("GET / HTTP/1.0\r\n\r\n")
        play.server("HTTP/1.0 200 OK\r\n\r\nHTTP/1.1 101 is only text here\r\n\r\n")
        #expect(lines(play) == ["client GET /", "server 200"])
    }

    @Test func framesSentBeforeTheAnswer() {
        var play = opened()
        play.client(Array(TrafficPlay.request().utf8) + sentFrame(.text, "early", from: .client))
        play.server(TrafficPlay.response())
        #expect(
            lines(play) == [
                "client GET /chat handshake", "server 101 handshake", "established", "client 1 text \"early\"",
                "client message 1 text \"early\"",
            ])
    }

    @Test func aRequestSentBeforeARefusal() {
        var play = opened()
        play.client(Array(TrafficPlay.request().utf8) + Array("GET /next HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        play.server("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n")
        play.server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        #expect(
            lines(play) == ["client GET /chat handshake", "server 426 handshake", "client GET /next", "server 404"])
    }

    @Test func moreBeforeTheAnswerThanIsKept() {
        var play = opened()
        play.limits.early = 10
        play.client(TrafficPlay.request())
        play.client(sentFrame(.binary, [UInt8](repeating: 1, count: 20), from: .client))
        play.server(TrafficPlay.response())
        let script = play.script()
        #expect(script.lines.contains("client undecoded: beforeAnswer"))
        #expect(script.closure?.traffic.client.undecodedBytes == 26)
    }

    @Test(arguments: ["\u{16}\u{3}\u{1}\u{2}\u{0}", "SSH-2.0-OpenSSH_9.6\r\n", "*1\r\n$4\r\nPING\r\n"])
    func noHTTPAtAll(_ text: String) {
        var play = opened()
        play.client(text)
        play.client(text)
        play.server(text)
        #expect(lines(play) == ["client undecoded: notHTTP", "server undecoded: notHTTP"])
        #expect(play.script().closure?.traffic.client.undecodedBytes == UInt64(2 * text.utf8.count))
        #expect(play.script().closure?.wasEstablished == false)
    }

    @Test func anotherProtocol() {
        var play = opened()
        play.client("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
        play.server("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n\u{0}\u{0}")
        play.client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        #expect(
            lines(play) == [
                "client GET /", "server 101", "server undecoded: otherProtocol", "client undecoded: otherProtocol",
            ])
    }

    @Test func aTunnel() {
        var play = opened()
        play.client("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")
        play.server("HTTP/1.1 200 OK\r\n\r\n")
        play.client("\u{16}\u{3}")
        #expect(lines(play) == ["client CONNECT a:443", "server 200", "client undecoded: otherProtocol"])
    }

    @Test func aHeadWithoutEnd() {
        var play = opened()
        play.limits.head = HTTPLimits(bytes: 100)
        play.client("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 200))
        #expect(lines(play) == ["client undecoded: headTooLarge(the HTTP head is too large)"])
        #expect(play.script().closure?.traffic.client.undecodedBytes == 219)
    }

    @Test func theRequestIsNotInTheRecording() throws {
        var play = TrafficPlay()
        play.happens(.opened(Opening(client: .loopback(1), server: .loopback(2), isMidstream: true, source: "f")))
        play.server(TrafficPlay.response("Sec-WebSocket-Extensions: permessage-deflate\r\n"))
        play.client(sentFrame(.text, "hi", from: .client))
        #expect(
            lines(play) == [
                "server 101 handshake", "established compressed", "client 1 text \"hi\"",
                "client message 1 text \"hi\"",
            ])
        let handshake = try #require(play.script().handshakes.first)
        #expect(handshake.request == nil && handshake.duration == nil)
    }
}
