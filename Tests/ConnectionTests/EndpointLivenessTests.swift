import Connection
import Testing
import Wire

/// Deadlines: values that come out, and time that comes in.
struct EndpointLivenessTests {
    static let timing = EndpointTiming(
        handshake: 5 * EndpointTiming.second, pingInterval: 20 * EndpointTiming.second,
        pongTimeout: 10 * EndpointTiming.second, close: 3 * EndpointTiming.second, linger: EndpointTiming.second)

    @Test func doesNothingBeforeTheDeadline() throws {
        let play = try Play.open(.server, timing: Self.timing)
        let deadline = try #require(play.deadline)
        #expect(deadline == play.now.adding(nanoseconds: 20 * EndpointTiming.second))
        #expect(play.pass(seconds: 19.9) == nil && play.sent().isEmpty)
    }

    @Test func refusesASlowRequest() {
        let play = Play(timing: Self.timing)
        _ = play.receive(Array("GET / HTTP/1.1\r\n".utf8))
        #expect(play.pass(seconds: 4.9) == nil)
        #expect(play.pass(seconds: 0.2) == .failed)
        #expect(HTTPHead(play.sent()).status == 408)
        #expect(play.failure == .handshakeTimeout)
    }

    @Test func asksForASignOfLifeAndMeasuresTheAnswer() throws {
        let play = try Play.open(.server, timing: Self.timing)
        #expect(play.pass(seconds: 20) == nil)
        let ping = play.sent()
        let payload = Array(ping[2...])
        #expect(ping == Play.frame(from: .server, .ping, payload) && !payload.isEmpty)
        #expect(play.pass(seconds: 0.25) == nil)
        #expect(play.receive(Play.frame(from: .client, .pong, payload)) == [.pong(payload, roundTrip: 250_000_000)])
        #expect(play.pass(seconds: 15) == nil && play.sent().isEmpty)
        #expect(play.pass(seconds: 5) == nil)
        #expect(!play.sent().isEmpty, "the next interval begins with the last Ping")
    }

    /// The one MUST that can be switched off, to show what becomes of it; everything else goes on.
    @Test func answersNoPingWhereItIsToldSo() throws {
        let play = try Play.open(.server, timing: Self.timing)
        let ping = Play.frame(from: .client, .ping, Array("there?".utf8))
        _ = play.receive(ping)
        #expect(play.sent() == Play.frame(from: .server, .pong, Array("there?".utf8)))
        play.endpoint.answersPings = false
        #expect(play.receive(ping) == [.ping(Array("there?".utf8))] && play.sent().isEmpty)
        #expect(play.receive(Play.frame(from: .client, .text, "hello")) == [.text("hello")])
    }

    @Test func failsWithoutAnyAnswer() throws {
        let play = try Play.open(.server, timing: Self.timing)
        _ = play.pass(seconds: 20)
        _ = play.sent()
        #expect(play.pass(seconds: 9.9) == nil)
        #expect(play.pass(seconds: 0.1) == .failed)
        #expect(play.failure == .pongTimeout)
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xf3])
    }

    /// The Pong may stand behind a long frame that is still coming.
    @Test func takesAnyByteForASignOfLife() throws {
        let play = try Play.open(.server, timing: Self.timing)
        _ = play.pass(seconds: 20)
        let long = Play.frame(from: .client, .binary, [UInt8](repeating: 0, count: 50_000))
        for piece in 0..<5 {
            _ = play.receive(Array(long[(piece * 1000)..<((piece + 1) * 1000)]))
            #expect(play.pass(seconds: 9) == nil)
        }
        #expect(play.state == .open)
    }

    @Test func waitsForTheAnswerToAClose() throws {
        let play = try Play.open(.server, timing: Self.timing)
        play.endpoint.close(1000, now: play.now)
        #expect(play.pass(seconds: 2.9) == nil && play.tcp == .keep)
        #expect(play.pass(seconds: 0.1) == .failed)
        #expect(play.failure == .closeTimeout && play.tcp == .abort)
        #expect(play.deadline == nil)
    }

    @Test func waitsForTheEndOfTCP() throws {
        let play = try Play.open(.server, timing: Self.timing)
        _ = play.receive(Play.frame(from: .client, .close))
        #expect(play.tcp == .finish)
        #expect(play.pass(seconds: 1) == nil)
        #expect(play.tcp == .abort && play.isClosingHandshakeComplete)
    }

    /// §5.5.3: a Pong answers the newest Ping with its payload, and leaves no earlier one open.
    @Test func pairsPingsAndPongs() throws {
        let play = try Play.open(.client)
        for payload in [[1], [2], [3]] as [[UInt8]] {
            play.endpoint.ping(payload, now: play.now)
            _ = play.pass(seconds: 1)
        }
        #expect(play.receive(Play.frame(from: .server, .pong, [2])) == [.pong([2], roundTrip: 2_000_000_000)])
        #expect(play.receive(Play.frame(from: .server, .pong, [1])) == [.pong([1], roundTrip: nil)])
        #expect(play.receive(Play.frame(from: .server, .pong, [3])) == [.pong([3], roundTrip: 1_000_000_000)])
        #expect(
            play.receive(Play.frame(from: .server, .pong, "unsolicited")) == [
                .pong(Array("unsolicited".utf8), roundTrip: nil)
            ])
    }
}
