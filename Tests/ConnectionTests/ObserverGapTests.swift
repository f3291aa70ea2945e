import Connection
import Testing
import Wire

/// Recordings that begin in the middle or lack bytes: what is not certain is not told.
@Suite struct ObserverGapTests {
    private func lines(_ play: TrafficPlay) -> [String] {
        play.lines().filter { $0 != "closed" && $0 != "closing" && $0 != "opened" }
    }

    private func afterHandshake(_ play: TrafficPlay) -> [String] { Array(lines(play).dropFirst(3)) }

    @Test func aHoleWithinAPayload() {
        var play = TrafficPlay.established()
        let bytes = sentFrame(.text, "Hello, world", from: .client)
        play.client(Array(bytes[..<11]))
        play.happens(.hole(from: .client, count: 3))
        play.client(Array(bytes[14...]))
        play.client(sentFrame(.ping, "p", from: .client))
        #expect(
            afterHandshake(play) == [
                "client hole of 3", "client 1 text \"Hello\" 9 of 12", "client message 1 text \"Hello\" cut: hole",
                "client 2 ping \"p\"",
            ])
    }

    @Test func aHoleBehindThePayload() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.text, "whole", from: .server))
        play.server(Array(sentFrame(.text, "cut", from: .server)[..<3]))
        play.happens(.hole(from: .server, count: 10))
        play.server(sentFrame(.text, "lost", from: .server))
        play.client(sentFrame(.text, "the other side goes on", from: .client))
        #expect(
            afterHandshake(play) == [
                "server 1 text \"whole\"", "server message 1 text \"whole\"", "server hole of 10",
                "server 2 text \"c\" 1 of 3", "server message 2 text \"c\" cut: hole", "server undecoded: afterHole",
                "client 3 text \"the other side goes on\"",
                "client message 3 text \"the other side goes on\"",
            ])
        #expect(play.script().closure?.traffic.server.undecodedBytes == 6)
    }

    @Test(arguments: [nil, 0] as [UInt64?]) func aHoleBetweenFrames(_ count: UInt64?) {
        var play = TrafficPlay.established()
        play.happens(.hole(from: .client, count: count))
        play.client(sentFrame(.text, "x", from: .client))
        #expect(lines(play).last == "client undecoded: afterHole")
    }

    @Test func aHoleLosesTheCompressionContext() {
        var play = TrafficPlay.established("permessage-deflate")
        let hello: [UInt8] = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]
        play.server(Array(sentFrame(.text, hello, from: .server, rsv1: true)[..<5]))
        play.happens(.hole(from: .server, count: 4))
        play.server(sentFrame(.text, hello, from: .server, rsv1: true))
        let script = play.script()
        #expect(script.messages.map(\.truncation) == [.hole, .notInflated])
        #expect(script.frames.allSatisfy { $0.violations.isEmpty })
    }

    @Test func aHoleInTheAnswer() {
        var play = TrafficPlay()
        play.happens(.opened(TrafficPlay.opening))
        play.client(TrafficPlay.request())
        play.client(sentFrame(.text, "x", from: .client))
        play.happens(.hole(from: .server, count: nil))
        play.server(sentFrame(.text, "y", from: .server))
        #expect(
            lines(play) == [
                "client GET /chat handshake", "server hole of ?", "client undecoded: afterHole",
                "server undecoded: afterHole",
            ])
    }

    @Test func aHoleInABody() {
        var play = TrafficPlay()
        play.happens(.opened(TrafficPlay.opening))
        play.client("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123")
        play.happens(.hole(from: .client, count: 7))
        play.server("HTTP/1.1 204 No Content\r\n\r\n")
        play.client(TrafficPlay.request())
        #expect(
            lines(play) == ["client POST /", "client hole of 7", "server 204", "client GET /chat handshake"])
    }

    private func midstream() -> TrafficPlay {
        var play = TrafficPlay()
        play.happens(.opened(Opening(client: .loopback(1), server: .loopback(2), isMidstream: true, source: "f")))
        return play
    }

    @Test func midstreamNothingIsGuessedUnasked() {
        var play = midstream()
        play.client(sentFrame(.text, "hi", from: .client))
        play.server(sentFrame(.continuation, "hi", from: .server))
        #expect(lines(play) == ["client undecoded: midstream", "server undecoded: midstream"])
        #expect(play.script().closure?.traffic.client.undecodedBytes == 8)
    }

    @Test func midstreamGuessesAreMarked() {
        var play = midstream()
        play.limits.guesses = true
        play.client([0x22, 0x33, 0x44])
        play.client(sentFrame(.text, "hi", from: .client), sentFrame(.ping, from: .client))
        play.server(sentFrame(.continuation, "…", from: .server) + [0x89])
        play.server([0x00])
        #expect(
            play.script().lines.dropLast() == [
                "opened", "client undecoded: midstream", "client guessed", "client 1 text \"hi\" guess",
                "client message 1 text \"hi\"", "client 2 ping \"\" guess", "server guessed",
                "server 3 continuation \"…\" guess", "server message 2 continuation \"…\"",
                "server 4 ping \"\" guess",
            ])
    }

    @Test func aGuessThatTurnsOutWrongIsDropped() {
        var play = midstream()
        play.limits.guesses = true
        play.server([0x81, 0x01, 0x41])
        play.server([0xff, 0x01, 0x41])
        #expect(
            play.script().lines.dropLast() == [
                "opened", "server guessed", "server 1 text \"A\" guess", "server message 1 text \"A\"",
                "server undecoded: midstream",
            ])
    }
}
