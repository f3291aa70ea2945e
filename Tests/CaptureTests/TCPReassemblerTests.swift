import Connection
import Testing
import Wire

@testable import Capture

@Suite("TCP reassembly: bytes")
struct TCPReassemblerTests {
    private func story(_ play: (inout Wiretap) -> Void) -> [String] {
        var wiretap = Wiretap()
        play(&wiretap)
        return wiretap.story
    }

    @Test("tells both directions as they come")
    func inOrder() {
        let story = story {
            $0.handshake()
            $0.packet(.client, [.psh, .ack], 101, ack: 501, "GET ")
            $0.packet(.server, [.psh, .ack], 501, ack: 105, "HTTP")
            $0.packet(.client, [.psh, .ack], 105, ack: 505, "ping")
        }
        #expect(story == ["opened", "c:GET ", "s:HTTP", "c:ping"])
    }

    @Test("puts in order what comes out of order")
    func outOfOrder() {
        let story = story {
            $0.handshake()
            $0.packet(.server, .ack, 507, "ef")
            $0.packet(.server, .ack, 503, "cd")
            $0.packet(.server, .ack, 505, "++")
            $0.packet(.client, .ack, 101, ack: 501, "x")
            $0.packet(.server, .ack, 501, "ab")
        }
        #expect(story == ["opened", "c:x", "s:ab", "s:cd", "s:++", "s:ef"])
    }

    @Test("tells a retransmission once")
    func retransmission() {
        let story = story {
            $0.handshake()
            $0.packet(.client, .ack, 101, "abc")
            $0.packet(.client, .ack, 101, "abc")
            $0.packet(.client, .ack, 101, "abcd")
            $0.packet(.client, .ack, 102, "bcde")
        }
        #expect(story == ["opened", "c:abc", "c:d", "c:e"])
    }

    @Test("lets the bytes that came first win, and counts the conflict")
    func overlap() {
        var wiretap = Wiretap()
        wiretap.handshake()
        wiretap.packet(.client, .ack, 104, "def")
        wiretap.packet(.client, .ack, 102, "bcXX")
        wiretap.packet(.client, .ack, 103, "cdefgh")
        wiretap.packet(.client, .ack, 101, "a")
        #expect(wiretap.story == ["opened", "c:a", "c:bc", "c:def", "c:gh"])
        #expect(wiretap.reassembler.conflicts == 1)
    }

    @Test("goes on where sequence numbers begin anew")
    func wraparound() {
        let story = story {
            $0.handshake(client: .max - 1, server: 0)
            $0.packet(.client, .ack, .max - 1, "abcd")
            $0.packet(.client, .ack, 5, "hi")
            $0.packet(.client, .ack, 2, "efg")
            $0.packet(.server, .ack, 0, ack: 7, "ok")
        }
        #expect(story == ["opened", "c:abcd", "c:efg", "c:hi", "s:ok"])
    }

    @Test("takes keep-alives and window probes for what they are")
    func probes() {
        let story = story {
            $0.handshake()
            $0.packet(.client, .ack, 101, "abc")
            $0.packet(.client, .ack, 103, "")
            $0.packet(.client, .ack, 103, "?")
            $0.packet(.client, .ack, 104, "d")  // A window probe: the next byte, sent again with others later.
            $0.packet(.client, .ack, 104, "def")
        }
        #expect(story == ["opened", "c:abc", "c:d", "c:ef"])
    }

    @Test("takes bytes that come with the SYN")
    func fastOpen() {
        let story = story {
            $0.packet(.client, .syn, 100, "GET")
            $0.packet(.server, [.syn, .ack], 500, ack: 104)
            $0.packet(.client, .ack, 104, ack: 501, " /")
        }
        #expect(story == ["opened", "c:GET", "c: /"])
    }

    @Test("keeps the time of a connection from running backwards")
    func time() {
        var wiretap = Wiretap()
        wiretap.handshake()
        let packet = TCPPacket(
            source: wiretap.client, destination: wiretap.server, sequence: 101, acknowledgment: 0, flags: .ack,
            payload: 0..<1, payloadLength: 1)
        wiretap.reassembler.receive(
            packet, ([1] as [UInt8]).span, at: Timestamp(nanoseconds: 0), location: 0, remark: nil,
            into: &wiretap.collector)
        #expect(wiretap.collector.segments.map(\.time) == [1, 3])
    }

    // MARK: Holes

    @Test("says a hole once the peer has acknowledged what is missing, and a few packets have gone by")
    func acknowledgedHole() {
        var wiretap = Wiretap()
        wiretap.handshake()
        wiretap.packet(.server, .ack, 501, "ab")
        wiretap.packet(.server, .ack, 506, "fg")
        wiretap.pass(101, ack: 503)
        #expect(wiretap.story == ["opened", "s:ab"])
        wiretap.packet(.client, .ack, 101, ack: 508)
        #expect(wiretap.story == ["opened", "s:ab"])
        wiretap.pass(101, ack: 508)
        #expect(wiretap.story == ["opened", "s:ab", "s-hole:3", "s:fg"])
    }

    @Test("takes a packet that the capture shows after its acknowledgment")
    func lateInCapture() {
        let story = story {
            $0.handshake()
            $0.packet(.client, .ack, 101, ack: 505)
            $0.packet(.server, .ack, 503, "cd")
            $0.packet(.server, .ack, 501, "ab")
        }
        #expect(story == ["opened", "s:ab", "s:cd"])
    }

    @Test("keeps no more than a mebibyte behind a gap")
    func keptBytes() {
        var wiretap = Wiretap()
        wiretap.handshake()
        let part = [UInt8](repeating: 7, count: 1 << 16)
        for index in 0..<20 as Range<UInt32> { wiretap.packet(.client, .ack, 111 + index << 16, bytes: part) }
        #expect(wiretap.collector.notes.dropFirst() == [.hole(from: .client, count: 10)])
        #expect(wiretap.collector.bytes(of: 1, from: .client).count == 20 << 16)
    }

    @Test("says what the capture cut off from a packet")
    func snapLength() {
        let story = story {
            $0.handshake()
            $0.packet(.client, .ack, 104, "de", length: 4)
            $0.packet(.client, .ack, 101, "a", length: 3)
            $0.packet(.client, [.fin, .ack], 108, "z")
        }
        #expect(story == ["opened", "c:a", "c-hole:2", "c:de", "c-hole:2", "c:z", "c-fin"])
    }

    @Test("says at the end what never came")
    func unfinished() {
        let story = story {
            $0.handshake()
            $0.packet(.client, .ack, 105, "e")
            $0.packet(.server, .ack, 501, ack: 101, "ab")
            $0.packet(.client, .ack, 106, ack: 510)
            $0.finish()
        }
        #expect(story == ["opened", "s:ab", "c-hole:4", "c:e", "s-hole:7"])
    }

    @Test("gives the same bytes however a stream is cut, shuffled, repeated and overlapped", arguments: 0..<200)
    func anyOrder(_ seed: Int) {
        var random = Random(seed: UInt64(seed))
        let stream = (0..<random.below(4000) + 1).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let start = seed % 2 == 0 ? UInt32.max - 1000 : 101
        var wiretap = Wiretap()
        wiretap.handshake(client: start)
        for range in random.pieces(of: stream.count) {
            wiretap.packet(.client, .ack, start &+ UInt32(range.lowerBound), bytes: Array(stream[range]))
        }
        wiretap.finish()
        #expect(wiretap.collector.bytes(of: 1, from: .client) == stream)
        #expect(wiretap.collector.notes.count == 1)
        #expect(wiretap.reassembler.conflicts == 0)
    }

    @Test("accounts for every byte where packets are missing", arguments: 0..<200)
    func anyLoss(_ seed: Int) {
        var random = Random(seed: UInt64(seed))
        let stream = (0..<random.below(4000) + 1).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        var wiretap = Wiretap()
        wiretap.handshake()
        for range in random.pieces(of: stream.count) where random.below(3) > 0 {
            wiretap.packet(.client, .ack, 101 + UInt32(range.lowerBound), bytes: Array(stream[range]))
        }
        wiretap.packet(.client, [.fin, .ack], 101 + UInt32(stream.count))
        wiretap.finish()
        var offset = 0
        for told in wiretap.collector.segments {
            switch told.kind {
            case .bytes:
                #expect(Array(stream[offset..<offset + told.bytes.count]) == told.bytes)
                offset += told.bytes.count
            case .hole(_, let count): offset += Int(count ?? 0)
            case .opened, .fin, .reset, .effect: break
            }
        }
        #expect(offset == stream.count)
        #expect(wiretap.story.last == "c-fin")
    }
}
