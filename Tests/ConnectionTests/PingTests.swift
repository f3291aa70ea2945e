import Connection
import Testing
import Wire

/// Which Ping a Pong answers, RFC 6455 §5.5.2 and §5.5.3.
@Suite struct PingTests {
    private func answers(_ script: Script) -> [UInt64?] {
        script.frames.filter { $0.header.opcode == .pong }.map { $0.answers?.frame }
    }

    @Test func theRoundTripIsMeasured() throws {
        var play = TrafficPlay.established()
        play.server(sentFrame(.ping, "tick", from: .server))
        play.wait(800_000)
        play.client(sentFrame(.pong, "tick", from: .client))
        let pong = try #require(play.script().frames.last?.answers)
        #expect(pong.frame == 1 && pong.sent.nanoseconds == 0 && pong.roundTrip == 800_000 && pong.skipped == 0)
    }

    @Test func theNewestOfSeveralIsAnswered() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.ping, "1", from: .server), sentFrame(.ping, "2", from: .server))
        play.client(sentFrame(.pong, "2", from: .client), sentFrame(.pong, "1", from: .client))
        let script = play.script()
        #expect(answers(script) == [2, nil])
        #expect(script.frames[2].answers?.skipped == 1)
    }

    @Test func eachIsAnsweredInTurnAlsoWithEqualPayloads() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.ping, from: .server), sentFrame(.ping, from: .server))
        play.client(sentFrame(.pong, from: .client), sentFrame(.pong, from: .client))
        #expect(answers(play.script()) == [1, 2])
    }

    @Test func aPongLeftOutDoesNotShiftTheNext() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.ping, from: .server), sentFrame(.ping, from: .server))
        play.client(sentFrame(.pong, from: .client))
        play.server(sentFrame(.ping, from: .server))
        play.client(sentFrame(.pong, from: .client))
        #expect(answers(play.script()) == [1, 4])
    }

    @Test func anUnaskedPongAndOneWithAnotherPayload() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.pong, "heartbeat", from: .client))
        play.server(sentFrame(.ping, "a", from: .server))
        play.client(sentFrame(.pong, "b", from: .client))
        #expect(answers(play.script()) == [nil, nil])
    }

    @Test func eachSideAnswersTheOther() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.ping, "x", from: .server))
        play.client(sentFrame(.ping, "x", from: .client))
        play.server(sentFrame(.pong, "x", from: .server))
        play.client(sentFrame(.pong, "x", from: .client))
        #expect(answers(play.script()) == [2, 1])
    }

    @Test func onlySoManyAreKept() {
        var play = TrafficPlay.established()
        play.limits.pings = 2
        play.server(sentFrame(.ping, "1", from: .server), sentFrame(.ping, "2", from: .server))
        play.server(sentFrame(.ping, "3", from: .server))
        play.client(sentFrame(.pong, "1", from: .client), sentFrame(.pong, "2", from: .client))
        #expect(answers(play.script()) == [nil, 2])
    }
}
