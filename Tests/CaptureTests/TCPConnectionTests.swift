import Connection
import Testing
import Wire

@testable import Capture

@Suite("TCP reassembly: connections")
struct TCPConnectionTests {
    private func story(_ play: (inout Wiretap) -> Void) -> [String] {
        var wiretap = Wiretap()
        play(&wiretap)
        return wiretap.story
    }

    private func connections(_ play: (inout Wiretap) -> Void) -> [String] {
        var wiretap = Wiretap()
        play(&wiretap)
        return zip(wiretap.collector.segments, wiretap.story).map { "\($0.connection) \($1)" }
    }

    @Test("tells a FIN behind the bytes that come with it, once")
    func finish() {
        let story = story {
            $0.handshake()
            $0.packet(.client, [.fin, .ack], 101, "bye")
            $0.packet(.client, [.fin, .ack], 101, "bye")
            $0.packet(.server, [.fin, .ack], 501, ack: 105)
            $0.packet(.server, [.fin, .ack], 501, ack: 105)
            $0.finish()
        }
        #expect(story == ["opened", "c:bye", "c-fin", "s-fin"])
    }

    @Test("tells a FIN that comes too early when what is missing has come")
    func earlyFinish() {
        let story = story {
            $0.handshake()
            $0.packet(.client, [.fin, .ack], 104)
            $0.packet(.client, .ack, 101, "abc")
        }
        #expect(story == ["opened", "c:abc", "c-fin"])
    }

    @Test("tells a FIN behind a hole when what is missing has not come")
    func finishBehindHole() {
        let story = story {
            $0.handshake()
            $0.packet(.server, [.fin, .ack], 511)
            $0.pass(101, ack: 512)
        }
        #expect(story == ["opened", "s-hole:10", "s-fin"])
    }

    @Test("tells the RST of each side once, what is kept before it, and what comes after")
    func reset() {
        let story = story {
            $0.handshake()
            $0.packet(.server, .ack, 503, "cd")
            $0.packet(.server, [.rst, .ack], 505, ack: 101, "an explanation")
            $0.packet(.server, .rst, 505)
            $0.packet(.client, .ack, 101, "x")
            $0.packet(.client, .rst, 102)
        }
        #expect(story == ["opened", "s-hole:2", "s:cd", "s-rst", "c:x", "c-rst"])
    }

    @Test("tells a refused connection")
    func refused() {
        let story = story {
            $0.packet(.client, .syn, 100)
            $0.packet(.server, [.rst, .ack], 0, ack: 101)
        }
        #expect(story == ["opened", "s-rst"])
    }

    @Test("takes a repeated SYN for the same connection")
    func repeatedSYN() {
        let story = story {
            $0.packet(.client, .syn, 100)
            $0.packet(.client, .syn, 100)
            $0.handshake()
            $0.packet(.server, [.syn, .ack], 500, ack: 101)
            $0.packet(.client, .ack, 101, "a")
        }
        #expect(story == ["opened", "c:a"])
    }

    @Test("takes another SYN between the same ends for a new connection")
    func reuse() {
        let connections = connections {
            $0.handshake()
            $0.packet(.client, .ack, 103, "late")
            $0.handshake(client: 90_001, server: 7)
            $0.packet(.client, .ack, 90_001, "new")
            $0.packet(.server, .ack, 7, "!")
        }
        #expect(connections == ["1 opened", "1 c-hole:2", "1 c:late", "2 opened", "2 c:new", "2 s:!"])
    }

    @Test(
        "takes bytes that cannot be of a connection for a new one's, whose SYN was not captured",
        arguments: [false, true])
    func reuseWithoutSYN(isClosed: Bool) {
        let connections = connections {
            $0.handshake()
            $0.packet(.client, .ack, 101, "old")
            if isClosed { $0.packet(.server, .rst, 501) }
            $0.packet(.client, .ack, isClosed ? 100_000_000 : 2_000_000_000, "GET ")
            $0.packet(.server, .ack, 7, "HTTP")
        }
        let rest = ["2 midstream", "2 c:GET ", "2 s:HTTP"]
        #expect(connections == ["1 opened", "1 c:old"] + (isClosed ? ["1 s-rst"] : []) + rest)
    }

    @Test("learns from the answer to a SYN that was not captured which side is the client")
    func onlySYNACK() {
        let story = story {
            $0.packet(.server, [.syn, .ack], 500, ack: 101)
            $0.packet(.client, .ack, 103, "cd")
            $0.packet(.client, .ack, 101, "ab")
        }
        #expect(story == ["opened", "c:ab", "c:cd"])
    }

    @Test("misses the bytes in front where the answer to the SYN was not captured")
    func noSYNACK() {
        let story = story {
            $0.packet(.client, .syn, 100)
            $0.packet(.client, .ack, 101, ack: 501)
            $0.packet(.server, .ack, 503, "cd")
            $0.finish()
        }
        #expect(story == ["opened", "s-hole:2", "s:cd"])
    }

    @Test(
        "takes for the client, without a SYN, who says GET, whom HTTP answers, or whose port is higher",
        arguments: [
            (Side.client, "GET /", 9001, 40_000, Side.client), (.server, "GET /", 9001, 40_000, .server),
            (.client, "HTTP/1.1 101", 40_000, 9001, .server), (.server, "\u{1}", 40_000, 9001, .client),
            (.client, "\u{1}", 9001, 40_000, .server), (.client, "x", 5000, 5000, .client),
        ] as [(Side, String, UInt16, UInt16, Side)])
    func midstream(_ sender: Side, _ text: String, _ clientPort: UInt16, _ serverPort: UInt16, _ expected: Side) {
        var wiretap = Wiretap()
        wiretap.client = FlowEnd(Address(ip: [10, 0, 0, 1], port: clientPort))
        wiretap.server = FlowEnd(Address(ip: [10, 0, 0, 2], port: serverPort))
        wiretap.packet(sender, .ack, 70_000, ack: 1, text)
        let client = expected == .client ? wiretap.client.address : wiretap.server.address
        let server = expected == .client ? wiretap.server.address : wiretap.client.address
        let opening = Opening(client: client, server: server, isMidstream: true, source: "test")
        #expect(wiretap.collector.notes == [.opened(opening)])
        #expect(wiretap.collector.segments.last?.kind == .bytes(from: sender == expected ? .client : .server))
    }

    @Test("begins no connection with a packet that says nothing")
    func stray() {
        let story = story {
            $0.packet(.client, .ack, 100)
            $0.packet(.server, .rst, 100)
            $0.packet(.client, [.fin, .ack], 100)
        }
        #expect(story == [])
    }

    @Test("forgets closed connections")
    func forgets() {
        var wiretap = Wiretap()
        for index in 0..<3000 as Range<UInt32> {
            wiretap.client = FlowEnd(.loopback(UInt16(10_000 + index)))
            wiretap.handshake()
            wiretap.packet(.client, .rst, 101)
        }
        #expect(wiretap.reassembler.opened == 3000)
        #expect(wiretap.reassembler.connectionCount <= 1024)
    }
}
