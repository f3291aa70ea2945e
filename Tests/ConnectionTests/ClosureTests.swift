import Connection
import Testing
import Wire

/// How a connection ended: on the wire, concluded, in TCP.
@Suite struct ClosureTests {
    private func close(_ code: UInt16, _ reason: String = "", from side: Side) -> [UInt8] {
        sentFrame(.close, ClosePayload(StatusCode(rawValue: code), reason).bytes, from: side)
    }

    private func closure(_ play: TrafficPlay) throws -> Closure {
        let script = play.script()
        #expect(script.lines == play.scriptByteByByte().lines)
        return try #require(script.closure)
    }

    @Test func clean() throws {
        var play = TrafficPlay.established()
        play.wait(1000)
        play.server(close(1001, "shutting down", from: .server))
        play.wait(2_000_000)
        play.client(close(1001, from: .client))
        play.wait(5)
        play.happens(.fin(from: .server))
        play.happens(.fin(from: .client))
        let closure = try closure(play)
        #expect(closure.first == .server)
        #expect(closure.closingHandshake == 2_000_000)
        #expect(closure.wire.server?.payload.reason == "shutting down")
        #expect(closure.concluded.client == .closed(code: 1001, isClean: true, failedOn: nil))
        #expect(closure.concluded.server == .closed(code: 1001, isClean: true, failedOn: nil))
        #expect(closure.firstToEnd == .server && closure.tcp.client?.kind == .fin && closure.isClean)
        #expect(play.script().closing.count == 3)
    }

    @Test func withoutACode() throws {
        var play = TrafficPlay.established()
        play.client(sentFrame(.close, from: .client))
        play.server(sentFrame(.close, from: .server))
        play.happens(.reset(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .closed(code: 1005, isClean: true, failedOn: nil))
        #expect(closure.concluded.server == .closed(code: 1005, isClean: true, failedOn: nil))
        #expect(closure.tcp.client?.kind == .reset && closure.tcp.server == nil)
    }

    @Test(arguments: [true, false]) func withoutAClose(byReset: Bool) throws {
        var play = TrafficPlay.established()
        play.client(sentFrame(.text, "hi", from: .client))
        play.happens(byReset ? .reset(from: .server) : .fin(from: .server))
        if !byReset { play.happens(.fin(from: .client)) }
        let closure = try closure(play)
        #expect(closure.first == nil && closure.closingHandshake == nil && !closure.isClean)
        #expect(closure.concluded.client == .closed(code: 1006, isClean: false, failedOn: nil))
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: nil))
        #expect(closure.firstToEnd == .server)
    }

    @Test func bothAtOnce() throws {
        var play = TrafficPlay.established()
        play.client(close(1000, from: .client))
        play.server(close(4000, "idle", from: .server))
        play.happens(.fin(from: .server))
        play.happens(.fin(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .closed(code: 4000, isClean: true, failedOn: nil))
        #expect(closure.concluded.server == .closed(code: 1000, isClean: true, failedOn: nil))
    }

    @Test func anUnansweredClose() throws {
        var play = TrafficPlay.established()
        play.server(close(1000, from: .server))
        play.happens(.fin(from: .server))
        play.happens(.reset(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .closed(code: 1000, isClean: false, failedOn: nil))
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: nil))
    }

    @Test func failedOnAViolation() throws {
        var play = TrafficPlay.established()
        play.client([0x81, 0x01, 0x68])
        play.server(close(1002, "unmasked", from: .server))
        play.happens(.fin(from: .server))
        play.happens(.fin(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: .clientUnmasked))
        #expect(closure.concluded.client == .closed(code: 1002, isClean: false, failedOn: nil))
    }

    @Test func failedOnAViolationWithoutAWord() throws {
        var play = TrafficPlay.established()
        play.server([0x8b, 0x00])
        play.happens(.reset(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .closed(code: 1006, isClean: false, failedOn: .reservedOpcode))
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: nil))
    }

    @Test func aViolationNobodyMinded() throws {
        var play = TrafficPlay.established()
        play.server([0x8b, 0x00])
        play.client(close(1000, from: .client))
        play.server(close(1000, from: .server))
        play.happens(.fin(from: .server))
        play.happens(.fin(from: .client))
        #expect(try closure(play).concluded.client == .closed(code: 1000, isClean: true, failedOn: nil))
    }

    @Test func stillOpenWhenTheRecordingEnds() throws {
        let closure = try closure(TrafficPlay.established())
        #expect(closure.concluded == BothSides(.open) && closure.firstToEnd == nil && closure.wasEstablished)
    }

    @Test func halfClosed() throws {
        var play = TrafficPlay.established()
        play.happens(.fin(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .open)
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: nil))
    }

    @Test func unknownBehindAHole() throws {
        var play = TrafficPlay.established()
        play.happens(.hole(from: .server, count: nil))
        play.server(close(1000, from: .server))
        play.happens(.fin(from: .server))
        play.happens(.fin(from: .client))
        let closure = try closure(play)
        #expect(closure.concluded.client == .unknown)
        #expect(closure.concluded.server == .closed(code: 1006, isClean: false, failedOn: nil))
    }

    @Test func theTrafficOfBothSides() throws {
        var play = TrafficPlay.established()
        play.client(
            sentFrame(.text, "four", from: .client, fin: false), sentFrame(.continuation, "five!", from: .client))
        play.server(sentFrame(.ping, from: .server))
        let closure = try closure(play)
        #expect(closure.traffic.client.frames == 2 && closure.traffic.client.messages == 1)
        #expect(closure.traffic.client.applicationBytes == 9 && closure.traffic.server.pings == 1)
        #expect(closure.traffic.server.bytes == UInt64(TrafficPlay.response().utf8.count + 2))
    }

    @Test func readableWhileItGoesOnAndGoneAfterwards() {
        var observer = Observer(sink: Script())
        func segment(_ kind: Segment.Kind) -> Segment {
            Segment(connection: TrafficPlay.id, time: Timestamp(nanoseconds: 1), kind: kind)
        }
        observer.receive(segment(.opened(TrafficPlay.opening)), Span())
        observer.receive(segment(.fin(from: .client)), Span())
        #expect(observer.closure(of: TrafficPlay.id)?.firstToEnd == .client)
        observer.receive(segment(.reset(from: .server)), Span())
        #expect(observer.closure(of: TrafficPlay.id) == nil)
        observer.receive(segment(.reset(from: .client)), Span())
        #expect(observer.sink.lines == ["opened", "client FIN", "closing", "server RST", "closed", "client RST"])
    }
}
