import Connection
import Testing
import Wire

/// What an endpoint does not take, RFC 6455 §10.4, and what it does.
struct EndpointLimitTests {
    @Test func countsAMessageOverItsFragments() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 100))
        let sixty = [UInt8](repeating: 7, count: 60)
        #expect(play.receive(Play.frame(from: .client, .binary, sixty, fin: false)) == [])
        #expect(play.receive(Play.frame(from: .client, .continuation, sixty)) == [.failed])
        #expect(Array(play.sent()[2..<4]) == [0x03, 0xf1])
    }

    @Test func takesAMessageOfExactlyTheLimit() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 120))
        let sixty = [UInt8](repeating: 7, count: 60)
        let told = play.receive(
            Play.frame(from: .client, .binary, sixty, fin: false) + Play.frame(from: .client, .continuation, sixty))
        #expect(told == [.message(.binary, sixty + sixty)])
    }

    /// A fragment costs its receiver more than its sender: without end they are an attack.
    @Test(arguments: [0, 1])
    func refusesAFloodOfTinyFragments(size: Int) throws {
        let play = try Play.open(.server)
        let flood = Play.frame(from: .client, .continuation, [UInt8](repeating: 0x61, count: size), fin: false)
        _ = play.receive(Play.frame(from: .client, .text, "a", fin: false))
        var count = 1
        while play.state == .open, count < 10_000 {
            _ = play.receive(flood)
            count += 1
        }
        #expect(count == 4096 + (size == 0 ? 0 : 4228 / 32) + 1)
        #expect(play.closeSent?.closeCode == .messageTooBig)
    }

    /// A long message in small pieces is none: Autobahn's 9.3.1 is 4 MiB in fragments of 64 bytes.
    @Test func takesALongMessageInSmallFragments() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 4 << 20))
        let piece = [UInt8](repeating: 0x61, count: 64)
        var told = play.receive(Play.frame(from: .client, .text, piece, fin: false))
        let middle = Play.frame(from: .client, .continuation, piece, fin: false)
        for _ in 0..<65_534 { told += play.receive(middle) }
        #expect(told.isEmpty)
        told = play.receive(Play.frame(from: .client, .continuation, piece))
        #expect(told == [.message(.text, [UInt8](repeating: 0x61, count: 4 << 20))])
    }

    @Test func startsToCountAnewWithEachMessage() throws {
        let play = try Play.open(.server, limits: EndpointLimits(message: 100, fragments: 3))
        let message =
            Play.frame(from: .client, .text, "a", fin: false)
            + Play.frame(from: .client, .continuation, "b", fin: false)
            + Play.frame(from: .client, .continuation, "c")
        for _ in 0..<5 { #expect(play.receive(message) == [.text("abc")]) }
    }
}
