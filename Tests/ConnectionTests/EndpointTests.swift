import Connection
import Testing
import Wire

/// Frames in, messages and answers out, on both sides.
struct EndpointTests {
    @Test(arguments: Side.allCases, [nil, 1, 2, 3, 7])
    func tellsMessagesHoweverTheyAreCut(side: Side, pieces: Int?) throws {
        let play = try Play.open(side)
        let peer = side.peer
        var bytes = Play.frame(from: peer, .text, "hällo")
        bytes += Play.frame(from: peer, .binary, [UInt8](repeating: 7, count: 300))
        bytes += Play.frame(from: peer, .text, "a€", fin: false)
        bytes += Play.frame(from: peer, .ping, "between")
        bytes += Play.frame(from: peer, .continuation, "b")
        bytes += Play.frame(from: peer, .text)
        let expected: [Play.Told] = [
            .text("hällo"), .message(.binary, [UInt8](repeating: 7, count: 300)), .ping(Array("between".utf8)),
            .text("a€b"), .text(""),
        ]
        #expect(play.receive(bytes, pieces: pieces) == expected)
        #expect(play.sent() == Play.frame(from: side, .pong, "between"))
    }
}
