import Connection
import Testing
import Wire

@testable import Capture

@Suite("Captures of other programs, made by hand")
struct CaptureReaderTests {
    private static let ethernet = [UInt8](repeating: 2, count: 12)

    /// What stands in front of the IP header, by link type.
    private static let linkLayers: [(UInt32, [UInt8], isIPv6: Bool)] = [
        (0, [2, 0, 0, 0], false), (0, [0, 0, 0, 2], false), (0, [30, 0, 0, 0], true), (108, [0, 0, 0, 24], true),
        (1, ethernet + [0x08, 0x00], false), (1, ethernet + [0x86, 0xdd], true),
        (1, ethernet + [0x81, 0x00, 0, 5, 0x08, 0x00], false),
        (1, ethernet + [0x88, 0xa8, 0, 5, 0x81, 0x00, 0, 6, 0x86, 0xdd], true),
        (12, [], false), (14, [], true), (101, [], false), (101, [], true), (228, [], false), (229, [], true),
        (113, [UInt8](repeating: 0, count: 14) + [0x08, 0x00], false),
        (113, [UInt8](repeating: 0, count: 14) + [0x86, 0xdd], true),
        (276, [0x08, 0x00] + [UInt8](repeating: 0, count: 18), false),
        (276, [0x86, 0xdd] + [UInt8](repeating: 0, count: 18), true),
    ]

    @Test("are read whatever the link layer", arguments: linkLayers)
    func linkLayer(_ linkType: UInt32, _ header: [UInt8], isIPv6: Bool) throws {
        var file = CaptureFile()
        file.pcapHeader(linkType: linkType)
        // Ethernet pads short frames; what is behind the datagram is not TCP's.
        let frame = header + Packets.internet("GET /", isIPv6: isIPv6) + (linkType == 1 ? [0, 0, 0, 0] : [])
        file.pcapRecord(frame, seconds: 1, fraction: 2)
        let read = try file.read()
        #expect(read.collector.bytes(of: 1, from: .client) == Array("GET /".utf8))
        #expect(read.summary.warnings == [])
    }

    @Test(
        "have times in µs or ns, in either byte order",
        arguments: [(0xa1b2_c3d4, 2000), (0xa1b2_3c4d, 2)] as [(UInt32, UInt64)], [false, true])
    func pcapTimes(_ format: (magic: UInt32, nanoseconds: UInt64), isBigEndian: Bool) throws {
        var file = CaptureFile(isBigEndian: isBigEndian)
        file.pcapHeader(magic: format.magic, linkType: 101)
        file.pcapRecord(Packets.internet("GET /"), seconds: 1_700_000_000, fraction: 2)
        let times = try file.read().collector.segments.map(\.time)
        #expect(times == [UInt64](repeating: 1_700_000_000_000_000_000 + format.nanoseconds, count: 2))
    }

    @Test(
        "have times in the resolution that the interface names",
        arguments: [
            (nil, 0, 1_700_000_000_000_002, 1_700_000_000_000_002_000), (6, 0, 5, 5000), (9, 0, 5, 5),
            (3, 0, 5, 5_000_000),
            (12, 0, 5999, 5), (0, 0, 5, 5_000_000_000), (0x80 | 10, 0, 1536, 1_500_000_000),
            (9, 10, 5, 10_000_000_005), (9, -1, 2_000_000_000, 1_000_000_000), (40, 0, 5, 0),
        ] as [(UInt8?, Int64, UInt64, UInt64)], [false, true])
    func pcapngTimes(_ clock: (UInt8?, Int64, UInt64, UInt64), isBigEndian: Bool) throws {
        let (resolution, offset, ticks, nanoseconds) = clock
        var file = CaptureFile(isBigEndian: isBigEndian)
        file.section()
        let options = (resolution.map { file.option(9, [$0]) } ?? []) + file.option(14, file.number(offset))
        file.interface(101, options: options + file.option(0, []))
        file.enhancedPacket(Packets.internet("GET /"), ticks: ticks)
        #expect(try file.read().collector.segments.map(\.time) == [nanoseconds, nanoseconds])
    }

    @Test("in pcapng may hold older kinds of packet blocks, and blocks of every other kind", arguments: [false, true])
    func blocks(isBigEndian: Bool) throws {
        var file = CaptureFile(isBigEndian: isBigEndian)
        file.section()
        file.block(4, [0, 0, 0, 0])  // Names.
        file.interface(101, snapLength: 50)
        file.interface(1)
        file.block(10, [UInt8](repeating: 1, count: 100))  // TLS secrets.
        file.enhancedPacket(Packets.internet("GET "), options: file.option(1, Array("hello".utf8)))
        let second = Packets.internet("/chat", sequence: 1004)
        let lengths = file.number(UInt32(second.count)) + file.number(UInt32(second.count))
        file.block(2, file.number(UInt16(0)) + file.number(UInt16(7)) + file.number(UInt64(0)) + lengths + second)
        file.block(5, [UInt8](repeating: 0, count: 12))  // Statistics.
        let third = Packets.internet(" HTTP/1.1\r\n\r\n", sequence: 1009)
        file.block(3, file.number(UInt32(third.count)) + third.prefix(50))
        file.block(0xbad, [1, 2, 3])
        file.enhancedPacket(
            Self.ethernet + [8, 0] + Packets.internet("rest", sequence: 1022), interface: 1)
        file.enhancedPacket(Packets.internet("x"), interface: 2)
        let read = try file.read()
        #expect(read.collector.bytes(of: 1, from: .client) == Array("GET /chat HTTP/1.1\rrest".utf8))
        #expect(read.collector.notes.contains(.hole(from: .client, count: 3)))
        #expect(read.summary.packets == 5)
        #expect(read.summary.skipped == 1)
    }

    @Test("in pcapng may hold sections in different byte orders")
    func sections() throws {
        var file = CaptureFile()
        file.section()
        file.interface(101)
        file.enhancedPacket(Packets.internet("GET "))
        var other = CaptureFile(isBigEndian: true)
        other.section()
        other.interface(1)
        other.enhancedPacket(Self.ethernet + [8, 0] + Packets.internet("/", sequence: 1004))
        file.bytes += other.bytes
        #expect(try file.read().collector.bytes(of: 1, from: .client) == Array("GET /".utf8))
    }

    @Test("may have options in the IP header, and extension headers behind it")
    func internetOptions() throws {
        var version4 = Packets.internet("GET ")
        version4[0] = 0x46
        version4[3] += 4
        version4.insert(contentsOf: [1, 1, 1, 0], at: 20)
        var version6 = Packets.internet("GET ", isIPv6: true)
        version6[6] = 0
        version6[5] += 8 + 8 + 12
        version6.insert(contentsOf: [44] + [UInt8](repeating: 0, count: 7), at: 40)  // Hop by hop, then a fragment
        version6.insert(contentsOf: [51] + [UInt8](repeating: 0, count: 7), at: 48)  // that is whole, then
        version6.insert(contentsOf: [6, 1] + [UInt8](repeating: 0, count: 10), at: 56)  // authentication.
        for packet in [version4, version6] {
            var file = CaptureFile()
            file.pcapHeader(linkType: 101)
            file.pcapRecord(packet, seconds: 1, fraction: 0)
            #expect(try file.read().collector.bytes(of: 1, from: .client) == Array("GET ".utf8))
        }
    }

    @Test("miss what came in later fragments of a datagram")
    func fragments() throws {
        var first = Packets.internet("GET ")
        first[6] = 0x20
        var second = Packets.internet("/cha")
        second[7] = 3
        var file = CaptureFile()
        file.pcapHeader(linkType: 101)
        for packet in [first, second, Packets.internet("t", sequence: 1010)] {
            file.pcapRecord(packet, seconds: 1, fraction: 0)
        }
        let read = try file.read()
        #expect(read.collector.notes.last == .hole(from: .client, count: 6))
        #expect(read.collector.bytes(of: 1, from: .client) == Array("GET t".utf8))
        #expect(read.summary.warnings == ["1 IP fragments not read: what they carried is missing"])
    }

    @Test(
        "are told from what is no capture",
        arguments: [
            ([], "it is empty"), (Array("PK".utf8), "it begins with the text \"PK\""),
            (Array("{\"log\": {}}\n".utf8), "it begins with the text \"{\"log\": {}}\""),
            ([0x1f, 0x8b, 8, 0, 0], "it is compressed with gzip, unpack it first"),
            ([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0], "it begins with the bytes 7f 45 4c 46 02 01 01 00"),
        ] as [([UInt8], String)])
    func noCapture(_ bytes: [UInt8], _ found: String) throws {
        let scratch = Scratch()
        let path = scratch.file("a")
        Scratch.write(bytes, to: path)
        #expect(throws: CaptureError.notACapture(path: path, found: found)) { try Recordings.read(path) }
    }

    @Test("that are not there, or cannot be read, say so")
    func unreadable() {
        #expect(throws: CaptureError.cannotOpen(path: "/nowhere/a.pcap", errno: 2)) {
            try Recordings.read("/nowhere/a.pcap")
        }
        #expect(throws: CaptureError.cannotRead(path: "/tmp", errno: 21)) { try Recordings.read("/tmp") }
    }

    @Test("of a link type that is not read say so, and so do captures of several that are read in part")
    func unsupportedLinkType() throws {
        var file = CaptureFile()
        file.section()
        file.interface(195)
        file.enhancedPacket([1, 2, 3])
        #expect {
            try file.read()
        } throws: {
            if case CaptureError.unsupportedLinkType(_, 195) = $0 { true } else { false }
        }
        file.interface(101)
        file.enhancedPacket(Packets.internet("GET "), interface: 1)
        #expect(try file.read().summary.warnings == ["1 packets not read: link type 195 is not supported"])
    }

    @Test("cut off or damaged, are read as far as they go")
    func damaged() throws {
        var file = CaptureFile()
        file.section()
        file.interface(101)
        file.enhancedPacket(Packets.internet("GET "))
        let end = UInt64(file.bytes.count)
        file.bytes += [6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let read = try file.read()
        #expect(read.summary.end == .damaged(at: end))
        #expect(read.collector.bytes(of: 1, from: .client) == Array("GET ".utf8))
    }
}
