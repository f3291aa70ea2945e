import Connection
import Testing
import Wire

/// The closing handshake, RFC 6455 §7.
struct EndpointCloseTests {
    @Test(arguments: Side.allCases, [nil, 1])
    func echoesTheCode(side: Side, pieces: Int?) throws {
        let play = try Play.open(side)
        let close = Play.frame(from: side.peer, .close, [0x0f, 0xa1] + Array("tschüß".utf8))
        #expect(play.receive(close + Play.frame(from: side.peer, .text, "late"), pieces: pieces) == [.closed])
        #expect(play.sent() == Play.frame(from: side, .close, [0x0f, 0xa1]))
        #expect(play.closeReceived == ClosePayload(4001, "tschüß"))
        #expect(play.closeCode == 4001)
        #expect(play.state == .closed)
        #expect(play.isClosingHandshakeComplete)
    }

    @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999] as [UInt16])
    func takesEveryCodeThatMayBeOnTheWire(code: UInt16) throws {
        let play = try Play.open(.server)
        let body = [UInt8(code >> 8), UInt8(code & 0xff)]
        #expect(play.receive(Play.frame(from: .client, .close, body)) == [.closed])
        #expect(play.sent() == Play.frame(from: .server, .close, body))
    }

    @Test func answersAnEmptyCloseWithAnEmptyOne() throws {
        let play = try Play.open(.server)
        #expect(play.receive(Play.frame(from: .client, .close)) == [.closed])
        #expect(play.sent() == [0x88, 0])
        #expect(play.closeCode == .noStatusReceived)
    }

    @Test func sendsNothingBehindItsClose() throws {
        let play = try Play.open(.server)
        play.endpoint.close(.goingAway, reason: "bye", now: play.now)
        #expect(play.state == .closing)
        #expect(play.sent() == Play.frame(from: .server, .close, [0x03, 0xe9] + Array("bye".utf8)))
        var out: [UInt8] = []
        #expect(Array("x".utf8).withUnsafeBytes { play.endpoint.write(.text, $0, to: &out) } == false)
        play.endpoint.ping([1], now: play.now)
        play.endpoint.pong([1])
        play.endpoint.close(1000, now: play.now)
        #expect(play.receive(Play.frame(from: .client, .ping, "p")) == [.ping([0x70])])
        #expect(out.isEmpty && play.sent().isEmpty)
    }

    /// The peer has not seen our Close yet: what it sent before is a message as any other.
    @Test func takesMessagesUntilThePeersClose() throws {
        let play = try Play.open(.server)
        play.endpoint.close(1000, now: play.now)
        _ = play.sent()
        let told = play.receive(
            Play.frame(from: .client, .text, "on its way") + Play.frame(from: .client, .close, [3, 232]))
        #expect(told == [.text("on its way"), .closed])
        #expect(play.sent().isEmpty, "a Close is answered once")
        #expect(play.isClosingHandshakeComplete)
    }

    /// A Close while fragments are pending ends the message with the connection.
    @Test func closesInsideAFragmentedMessage() throws {
        let play = try Play.open(.server)
        let told = play.receive(
            Play.frame(from: .client, .text, "half", fin: false) + Play.frame(from: .client, .close, [3, 232])
                + Play.frame(from: .client, .continuation, "rest"))
        #expect(told == [.closed])
        #expect(play.sent() == Play.frame(from: .server, .close, [3, 232]))
    }

    /// "the underlying TCP connection, in most normal cases, SHOULD be closed first by the server", §7.1.1.
    @Test func serverEndsTCPFirst() throws {
        let server = try Play.open(.server)
        let client = try Play.open(.client)
        _ = server.receive(Play.frame(from: .client, .close, [3, 232]))
        _ = client.receive(Play.frame(from: .server, .close, [3, 232]))
        #expect(server.tcp == .finish)
        #expect(client.tcp == .keep)
        #expect(client.endpoint.inputEnded(now: client.now) == nil)
        #expect(client.tcp == .finish)
        #expect(client.isClosingHandshakeComplete)
    }

    @Test(arguments: Side.allCases)
    func concludes1006WithoutAClose(side: Side) throws {
        let play = try Play.open(side)
        let reaction = play.endpoint.inputEnded(now: play.now)
        #expect(reaction.map(Play.Told.init) == .failed)
        #expect(play.failure == .connectionLost)
        #expect(play.closeCode == .abnormalClosure)
        #expect(play.sent().isEmpty && play.tcp == .finish)
    }

    @Test func cutsAReasonAtACharacter() throws {
        let play = try Play.open(.server)
        play.endpoint.close(1000, reason: String(repeating: "€", count: 60), now: play.now)
        let sent = play.sent()
        #expect(sent[1] == 2 + 41 * 3)
    }
}
