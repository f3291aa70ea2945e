import Connection
import Testing
import Wire

@testable import Capture

@Suite("A recording, written and read")
struct RoundTripTests {
    private let scratch = Scratch()
    private static let time: UInt64 = 1_700_000_000_123_456_789
    private static let client = Address.loopback(51544)
    private static let server = Address.loopback(9001)
    private static let ipv6 = Address(ip: [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1], port: 443)

    private func roundTrip(_ segments: [Told]) throws -> Collector {
        let path = scratch.file("a.pcapng")
        let locations = try Recordings.write(segments, to: path)
        let read = try Recordings.read(path)
        #expect(read.summary.end == .complete)
        #expect(read.summary.warnings == [])
        #expect(read.collector.locations == locations)
        return read.collector
    }

    private func connection(_ opening: Opening, _ kinds: [(Segment.Kind, [UInt8])]) -> [Told] {
        ([(.opened(opening), [])] + kinds).enumerated().map { index, kind in
            Told(connection: 1, time: Self.time + UInt64(index), kind: kind.0, bytes: kind.1)
        }
    }

    @Test(
        "keeps how a connection opened",
        arguments: [
            Opening(client: client, server: server, source: "serve"),
            Opening(client: client, server: server, isTLS: true, source: "proxy"),
            Opening(client: client, server: server, isTLS: true, isMidstream: true, source: "a, b: \n é"),
            Opening(client: ipv6, server: Address(ip: ipv6.ip, port: 9001), isMidstream: true, source: ""),
            Opening(client: client, server: ipv6, source: "proxy"),
            Opening(client: server, server: server, source: "demo"),
            Opening(client: Address(ip: [], port: 0), server: server, source: "demo"),
        ])
    func opening(_ opening: Opening) throws {
        let segments = connection(opening, [(.bytes(from: .client), [1, 2]), (.bytes(from: .server), [3])])
        #expect(try roundTrip(segments).segments == segments)
    }

    @Test(
        "keeps everything that happens",
        arguments: [
            .fin(from: .client), .fin(from: .server), .reset(from: .client), .reset(from: .server),
            .hole(from: .client, count: 0), .hole(from: .client, count: 1), .hole(from: .server, count: 70_000),
            .hole(from: .server, count: 1 << 40), .hole(from: .client, count: nil),
            .effect("dropped frame 3"), .effect(""), .effect("é: \n"),
        ] as [Segment.Kind])
    func kinds(_ kind: Segment.Kind) throws {
        let opening = Opening(client: Self.client, server: Self.server, source: "serve")
        let segments = connection(
            opening,
            [
                (.bytes(from: .client), [1, 2]), (.bytes(from: .server), [3]), (kind, []),
                (.bytes(from: .server), [4, 5]), (.bytes(from: .client), [6]),
            ])
        #expect(try roundTrip(segments).segments == segments)
    }

    @Test("cuts what does not fit into a packet, and loses none of it", arguments: [65_475, 65_476, 1_000_000])
    func large(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let opening = Opening(client: Self.client, server: Self.server, source: "serve")
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(connection(opening, [(.bytes(from: .server), bytes)]), to: path)
        #expect(try Recordings.read(path).collector.bytes(of: 1, from: .server) == bytes)
    }

    @Test("tells a new connection from an older one between the same ends")
    func reuse() throws {
        let opening = Opening(client: Self.client, server: Self.server, source: "serve")
        let segments =
            Recordings.echo(1, opening, messages: 1, start: Self.time)
            + Recordings.echo(2, opening, messages: 2, start: Self.time + 50_000)
            + Recordings.echo(3, opening, messages: 0, start: Self.time + 100_000)
        #expect(try roundTrip(segments).segments == segments)
    }

    @Test("holds connections that go on at the same time")
    func interleaved() throws {
        let segments = (1...40 as ClosedRange<UInt32>).flatMap { id in
            Recordings.echo(
                id, Opening(client: .loopback(UInt16(40_000 + id % 10)), server: Self.server, source: "serve"),
                messages: 3, start: Self.time + UInt64(id))
        }.sorted { $0.time < $1.time }
        #expect(try roundTrip(segments).segments == segments)
    }

    @Test("is appended to what is there")
    func append() throws {
        let path = scratch.file("a.pcapng")
        let opening = Opening(client: Self.client, server: Self.server, source: "serve")
        let first = Recordings.echo(1, opening, messages: 1, start: Self.time)
        _ = try Recordings.write(first, to: path)
        let locations = try Recordings.write(first, to: path)
        let read = try Recordings.read(path)
        #expect(read.collector.segments.count == first.count * 2)
        #expect(read.collector.locations.suffix(first.count) == locations[...])
        #expect(read.summary.connections == 2)
    }

    @Test("cut off anywhere, holds everything up to its last whole block")
    func truncated() throws {
        let path = scratch.file("a.pcapng")
        let opening = Opening(client: Self.client, server: Self.server, source: "serve")
        let segments = Recordings.echo(1, opening, messages: 2, start: Self.time)
        let locations = try Recordings.write(segments, to: path).compactMap { $0 }
        let whole = Scratch.read(path)
        let cutPath = scratch.file("cut.pcapng")
        for count in 4..<whole.count {
            Scratch.write(Array(whole[..<count]), to: cutPath)
            let read = try Recordings.read(cutPath)
            let complete = locations.dropFirst().filter { $0 <= count }.count
            let seen = read.collector.segments.count
            #expect(Array(segments.prefix(seen)) == read.collector.segments)
            #expect(seen == complete || seen == complete + 1, "\(count)")
        }
    }
}
