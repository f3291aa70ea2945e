import Connection
import Testing
import Wire

/// What goes over an established connection.
@Suite struct ObserverTests {
    private let client = Side.client
    private let server = Side.server

    /// The lines after the handshake, the same however the bytes are cut.
    private func lines(_ play: TrafficPlay) -> [String] {
        var lines = play.lines()
        guard lines.starts(with: ["opened"]) else { return lines }
        lines.removeFirst(min(4, lines.count))
        return lines.filter { $0 != "closed" && $0 != "closing" }
    }

    @Test func handshakeAndFirstFrameInOneSegment() {
        var play = TrafficPlay()
        play.happens(.opened(TrafficPlay.opening))
        play.client(TrafficPlay.request())
        play.server(Array(TrafficPlay.response().utf8) + sentFrame(.text, "hi", from: .server))
        #expect(
            play.lines() == [
                "opened", "client GET /chat handshake", "server 101 handshake", "established", "server 1 text \"hi\"",
                "server message 1 text \"hi\"", "closed",
            ])
    }

    @Test func textBothWays() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.text, "Hello", from: .client))
        play.server(sentFrame(.text, "Hello", from: .server))
        #expect(
            lines(play) == [
                "client 1 text \"Hello\"", "client message 1 text \"Hello\"", "server 2 text \"Hello\"",
                "server message 2 text \"Hello\"",
            ])
    }

    @Test func fragmentsWithAPingBetween() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.text, "Hel", from: .client, fin: false))
        play.client(sentFrame(.ping, "?", from: .client))
        play.server(sentFrame(.pong, "?", from: .server))
        play.client(
            sentFrame(.continuation, [], from: .client, fin: false), sentFrame(.continuation, "lo", from: .client))
        #expect(
            lines(play) == [
                "client 1 text… \"Hel\"", "client 2 ping \"?\"", "server 3 pong \"?\" answers 2",
                "client 4 continuation… \"\"", "client 5 continuation \"lo\"",
                "client message 1 text \"Hello\" in 3",
            ])
        #expect(play.script().messages.first?.frames == 1...5)
        #expect(play.script().frames.map(\.fragment) == [0, 0, 0, 1, 2])
    }

    @Test func emptyFrames() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.binary, [], from: .server), sentFrame(.ping, [], from: .server))
        play.client(sentFrame(.pong, [], from: .client))
        #expect(
            lines(play) == [
                "server 1 binary \"\"", "server message 1 binary \"\"", "server 2 ping \"\"",
                "client 3 pong \"\" answers 2",
            ])
    }

    @Test(arguments: [125, 126, 127, 128, 65_535, 65_536, 70_001]) func lengths(_ count: Int) {
        var play = TrafficPlay.established()
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        play.client(sentFrame(.binary, payload, from: .client))
        let whole = play.script()
        #expect(whole.payloads.filter { $0 == payload }.count == 2)
        #expect(whole.frames.allSatisfy { $0.violations.isEmpty && $0.isComplete })
        for cut in [1, 2, 3, 5, 9, 13, 14, 15, 100, count - 1] {
            let isSame = play.script(cutAt: max(cut, 1)).payloads == whole.payloads
            #expect(isSame)
        }
    }

    @Test func violationsAreJudgedAndNotRepaired() {
        var play = TrafficPlay.established()
        play.server([0x81, 0x81, 1, 2, 3, 4, 0x69])
        play.client([0x81, 0x01, 0x68])
        play.client(sentFrame(.reserved(3), "x", from: .client))
        play.client(sentFrame(.continuation, "y", from: .client))
        #expect(
            lines(play) == [
                "server 1 text \"h\" ✗ serverMasked", "server message 1 text \"h\"",
                "client 2 text \"h\" ✗ clientUnmasked", "client message 2 text \"h\"",
                "client 3 reserved(0x3) \"x\" ✗ reservedOpcode", "client message 3 reserved(0x3) \"x\"",
                "client 4 continuation \"y\" ✗ continuationWithoutStart", "client message 4 continuation \"y\"",
            ])
    }

    @Test func aMessagePushedIntoAnother() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.text, "a", from: .client, fin: false), sentFrame(.text, "X", from: .client))
        play.client(sentFrame(.continuation, "b", from: .client))
        play.client(sentFrame(.text, "c", from: .client, fin: false), sentFrame(.text, "d", from: .client, fin: false))
        play.client(sentFrame(.continuation, "e", from: .client))
        #expect(
            lines(play) == [
                "client 1 text… \"a\"", "client 2 text \"X\" ✗ dataFrameInsideMessage", "client message 2 text \"X\"",
                "client 3 continuation \"b\"", "client message 1 text \"ab\" in 2",
                "client 4 text… \"c\"", "client message 3 text \"c\" cut: unfinished",
                "client 5 text… \"d\" ✗ dataFrameInsideMessage", "client 6 continuation \"e\"",
                "client message 4 text \"de\" in 2",
            ])
    }

    @Test func invalidTextIsToldOnceWithTheGuiltyByte() {
        var play = TrafficPlay.established()
        play.server(sentFrame(.text, [0x61, 0xe2, 0x82], from: .server, fin: false))
        play.server(sentFrame(.continuation, [0xac, 0xff, 0xff], from: .server))
        #expect(
            lines(play) == [
                "server 1 text… \"a\\xe2\\x82\"", "server 2 continuation \"\\xac\\xff\\xff\" ✗ invalidUTF8",
                "server message 1 text \"a€\\xff\\xff\" in 2",
            ])
        #expect(play.scriptByteByByte().frames.last?.violations.first?.bits == 24..<32)
        #expect(play.script().messages.first?.violations.map(\.rule) == [.invalidUTF8])
    }

    @Test func closeBodies() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.close, [0x03], from: .client))
        play.server(sentFrame(.close, [0x03, 0xed, 0xff], from: .server))
        #expect(
            lines(play) == [
                "client 1 close \"\\x03\" ✗ closeBodyOneByte",
                "server 2 close \"\\x03\\xed\\xff\" ✗ closeCodeForbidden ✗ invalidUTF8Reason",
            ])
    }

    @Test func aFrameTheConnectionEndedIn() {
        var play = TrafficPlay.established()
        play.server([0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3])
        play.client([0x81])
        play.happens(.fin(from: .client))
        play.happens(.reset(from: .server))
        #expect(
            lines(play) == [
                "client FIN", "client undecoded: cutHeader", "server RST",
                "server 1 binary \"\\x01\\x02\\x03\" 3 of 9223372036854775808 ✗ lengthTopBit",
                "server message 1 binary \"\\x01\\x02\\x03\" cut: unfinished",
            ])
    }

    @Test func framesAfterCloseAreTold() {
        var play = TrafficPlay.established()
        play.client(sentFrame(.close, from: .client), sentFrame(.text, "late", from: .client))
        #expect(
            lines(play) == [
                "client 1 close \"\"", "client 2 text \"late\" ✗ frameAfterClose", "client message 1 text \"late\"",
            ])
    }

    @Test func whatTheInspectorDidIsTold() {
        var play = TrafficPlay.established()
        play.happens(.effect("latency of 100 ms added"))
        #expect(lines(play) == ["effect: latency of 100 ms added"])
    }

    @Test func garbageIsDecodedToTheEnd() {
        var state: UInt64 = 42
        for _ in 0..<200 {
            var play = TrafficPlay.established("permessage-deflate")
            for side in Side.allCases {
                let bytes = (0..<60).map { _ -> UInt8 in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: state >> 33)
                }
                if side == .client { play.client(bytes) } else { play.server(bytes) }
            }
            let isSame = play.script().lines == play.scriptByteByByte().lines
            #expect(isSame)
        }
    }
}
