import Connection
import Testing
import Wire

/// permessage-deflate as an observer sees it, RFC 7692.
@Suite struct ObserverCompressionTests {
    private let hello = [UInt8]([0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00])  // "Hello", RFC 7692 §7.2.3.1
    private let helloAgain = [UInt8]([0xf2, 0x00, 0x11, 0x00, 0x00])  // with context takeover, §7.2.3.2

    private func lines(_ play: TrafficPlay) -> [String] {
        play.lines().dropFirst(4).filter { $0 != "closed" && $0 != "closing" }
    }

    @Test func contextTakeover() {
        var play = TrafficPlay.established("permessage-deflate")
        play.server(sentFrame(.text, hello, from: .server, rsv1: true))
        play.server(sentFrame(.text, helloAgain, from: .server, rsv1: true), sentFrame(.text, "plain", from: .server))
        #expect(
            play.script().lines.filter { $0.contains("message") } == [
                "server message 1 text \"Hello\" 7 → 5", "server message 2 text \"Hello\" 5 → 5",
                "server message 3 text \"plain\"",
            ])
        #expect(lines(play).count == 6)
    }

    @Test func fragmentsWithAControlFrameBetween() {
        var play = TrafficPlay.established("permessage-deflate; client_no_context_takeover")
        play.client(sentFrame(.text, Array(hello.prefix(3)), from: .client, fin: false, rsv1: true))
        play.client(sentFrame(.ping, from: .client), sentFrame(.continuation, Array(hello.dropFirst(3)), from: .client))
        let found = lines(play)
        #expect(found.last == "client message 1 text \"Hello\" in 2 7 → 5")
        #expect(play.script().frames.map(\.isCompressed) == [true, false, true])
    }

    @Test func aBrokenStream() {
        var play = TrafficPlay.established("permessage-deflate")
        play.server(sentFrame(.text, [0xff, 0xff, 0xff], from: .server, rsv1: true))
        play.server(sentFrame(.text, hello, from: .server, rsv1: true))
        #expect(
            lines(play) == [
                "server 1 text \"\\xff\\xff\\xff\" ✗ inflateFailed",
                "server message 1 text \"\" 3 → 0 cut: notInflated",
                "server 2 text \"" + SafeText.escape(hello) + "\"", "server message 2 text \"\" 7 → 0 cut: notInflated",
            ])
    }

    @Test func aBrokenStreamWithoutTakeoverIsOverWithItsMessage() {
        var play = TrafficPlay.established("permessage-deflate; server_no_context_takeover")
        play.server(sentFrame(.text, [0xff, 0xff, 0xff], from: .server, rsv1: true))
        play.server(sentFrame(.text, hello, from: .server, rsv1: true))
        #expect(lines(play).last == "server message 2 text \"Hello\" 7 → 5")
    }

    @Test func textIsJudgedAfterInflation() {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        var compressed: [UInt8] = []
        let broken: [UInt8] = [0x61, 0xff]
        deflater.deflate(broken.span, into: &compressed)
        var play = TrafficPlay.established("permessage-deflate")
        play.client(sentFrame(.text, compressed, from: .client, rsv1: true))
        let script = play.script()
        #expect(script.frames.first?.violations == [Violation(.invalidUTF8)])
        #expect(lines(play).last?.contains("2") == true)
    }

    @Test func aBombIsCountedAndNotKept() throws {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        var bomb: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 1 << 22)
        deflater.deflate(zeros.span, into: &bomb)
        var after: [UInt8] = []
        let text = Array("after".utf8)
        deflater.deflate(text.span, into: &after)
        var play = TrafficPlay.established("permessage-deflate")
        play.limits.message = 1000
        play.server(
            sentFrame(.binary, bomb, from: .server, rsv1: true), sentFrame(.text, after, from: .server, rsv1: true))
        let script = play.script()
        let first = try #require(script.messages.first)
        #expect(first.applicationBytes == 1 << 22 && first.truncation == .limit)
        #expect(script.payloads.contains { $0 == [UInt8](repeating: 0, count: 1000) })
        // What could not be kept was inflated all the same, so the context is whole.
        #expect(script.lines.contains { $0.hasPrefix("server message 2 text \"after\"") })
    }

    @Test func aBombBeyondWhatIsInflatedEndsInflation() {
        let deflater = Deflater(windowBits: 15, noContextTakeover: false)
        var bomb: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        deflater.deflate(zeros.span, into: &bomb)
        var play = TrafficPlay.established("permessage-deflate")
        play.limits.inflated = 1 << 16
        play.server(
            sentFrame(.binary, bomb, from: .server, rsv1: true), sentFrame(.text, hello, from: .server, rsv1: true))
        #expect(play.script().messages.map(\.truncation) == [.limit, .notInflated])
        #expect(play.script().messages.first?.applicationBytes == 1 << 16)
    }

    @Test func withoutAgreementRSV1IsAViolation() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.text, "x", from: .server, rsv1: true))
        #expect(lines(play) == ["server 1 text \"x\" ✗ reservedBit", "server message 1 text \"x\""])
    }

    @Test func theMemoryOfAllMessagesIsBounded() {
        var play = TrafficPlay.established()
        play.limits.total = 10
        play.client(sentFrame(.binary, [UInt8](repeating: 1, count: 8), from: .client, fin: false))
        play.server(sentFrame(.binary, [UInt8](repeating: 2, count: 8), from: .server, fin: false))
        play.server(sentFrame(.continuation, [], from: .server))
        play.client(sentFrame(.continuation, [], from: .client))
        play.client(sentFrame(.binary, [9], from: .client, fin: false), sentFrame(.continuation, [9], from: .client))
        let script = play.script()
        #expect(script.messages.map(\.truncation) == [.limit, nil, nil])
        #expect(script.messages.map(\.applicationBytes) == [8, 8, 2])
    }

    /// What connections keep is free again when they end, however they do.
    @Test func theMemoryComesBack() {
        var limits = ObserverLimits()
        limits.total = 100_000
        var observer = Observer(sink: Script(), limits: limits)
        for id: UInt32 in 1...50 {
            var play = TrafficPlay.established("permessage-deflate")
            play.server(sentFrame(.text, hello, from: .server, fin: false, rsv1: true))
            play.client(Array(sentFrame(.binary, [UInt8](repeating: 1, count: 40_000), from: .client).dropLast()))
            play.client(Array(sentFrame(.text, "x", from: .client).dropLast()))
            play.happens(.reset(from: .server))
            play.feed(&observer, as: id)
        }
        let text = observer.sink.messages.filter(\.isCompressed)
        #expect(text.count == 50 && text.allSatisfy { $0.applicationBytes == 5 && $0.truncation == .unfinished })
        #expect(observer.sink.frames.filter { $0.side == .client && $0.header.opcode == .binary }.count == 50)
    }

    @Test func contextsCountAsMemory() {
        var play = TrafficPlay.established("permessage-deflate")
        play.limits.total = 20_000
        play.server(sentFrame(.text, hello, from: .server, rsv1: true))
        #expect(play.script().messages.map(\.truncation) == [.limit])
    }
}
