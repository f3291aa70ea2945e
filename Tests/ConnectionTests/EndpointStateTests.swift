import Connection
import Testing
import Wire

/// Every state and every input: what leaves an endpoint, and where it goes.
struct EndpointStateTests {
    enum Input: CaseIterable {
        case message, ping, close, fin, write, ownPing, ownClose, time
    }

    /// What an input does in a state: bytes out, reactions, and the state behind it.
    struct Row: Sendable, CustomTestStringConvertible {
        let state: Endpoint.State
        let input: Input
        let told: [Play.Told]
        /// The opcode of what was sent; nil for nothing.
        let sent: Opcode?
        let next: Endpoint.State
        var testDescription: String { "\(state), \(input)" }

        init(_ state: Endpoint.State, _ input: Input, _ told: [Play.Told], _ sent: Opcode?, _ next: Endpoint.State) {
            self.state = state
            self.input = input
            self.told = told
            self.sent = sent
            self.next = next
        }
    }

    static let rows = [
        Row(.connecting, .fin, [.failed], nil, .closed),
        Row(.connecting, .write, [], nil, .connecting),
        Row(.connecting, .ownPing, [], nil, .connecting),
        Row(.connecting, .ownClose, [], nil, .connecting),
        Row(.open, .message, [.text("hi")], nil, .open),
        Row(.open, .ping, [.ping([0x70])], .pong, .open),
        Row(.open, .close, [.closed], .close, .closed),
        Row(.open, .fin, [.failed], nil, .closed),
        Row(.open, .write, [], .text, .open),
        Row(.open, .ownPing, [], .ping, .open),
        Row(.open, .ownClose, [], .close, .closing),
        Row(.open, .time, [], .ping, .open),
        Row(.closing, .message, [.text("hi")], nil, .closing),
        Row(.closing, .ping, [.ping([0x70])], nil, .closing),
        Row(.closing, .close, [.closed], nil, .closed),
        Row(.closing, .fin, [.failed], nil, .closed),
        Row(.closing, .write, [], nil, .closing),
        Row(.closing, .ownPing, [], nil, .closing),
        Row(.closing, .ownClose, [], nil, .closing),
        Row(.closing, .time, [.failed], nil, .closed),
        Row(.closed, .message, [], nil, .closed),
        Row(.closed, .ping, [], nil, .closed),
        Row(.closed, .close, [], nil, .closed),
        Row(.closed, .fin, [], nil, .closed),
        Row(.closed, .write, [], nil, .closed),
        Row(.closed, .ownPing, [], nil, .closed),
        Row(.closed, .ownClose, [], nil, .closed),
        Row(.closed, .time, [], nil, .closed),
    ]

    @Test(arguments: rows, Side.allCases)
    func answers(row: Row, side: Side) throws {
        let play = try Self.play(side, in: row.state)
        try #require(play.state == row.state)
        var written: [UInt8] = []
        let told = Self.give(row.input, to: play, side, &written)
        #expect(told == row.told)
        let sent = written + play.sent()
        #expect(sent.first.map { Opcode(bits: $0) } == row.sent)
        #expect(play.state == row.next)
    }

    /// Frames are no inputs of a handshake, and time has its own tests there.
    @Test func hasARowForEachStateAndInput() {
        let expected = 4 * Input.allCases.count - [Input.message, .ping, .close, .time].count
        #expect(Set(Self.rows.map(\.testDescription)).count == expected)
    }

    private static func play(_ side: Side, in state: Endpoint.State) throws -> Play {
        if state == .connecting { return side == .server ? Play() : try Play.client() }
        let play = try Play.open(side)
        if state == .closing { play.endpoint.close(1000, now: play.now) }
        if state == .closed { _ = play.receive(Play.frame(from: side.peer, .close)) }
        _ = play.sent()
        return play
    }

    private static func give(_ input: Input, to play: Play, _ side: Side, _ written: inout [UInt8]) -> [Play.Told] {
        switch input {
        case .message: return play.receive(Play.frame(from: side.peer, .text, "hi"))
        case .ping: return play.receive(Play.frame(from: side.peer, .ping, "p"))
        case .close: return play.receive(Play.frame(from: side.peer, .close))
        case .fin: return play.endpoint.inputEnded(now: play.now).map { [Play.Told($0)] } ?? []
        case .write: written = play.written(.text, [0x61])
        case .ownPing: play.endpoint.ping([0x61], now: play.now)
        case .ownClose: play.endpoint.close(1000, now: play.now)
        case .time: return play.pass(seconds: 20).map { [$0] } ?? []
        }
        return []
    }
}
