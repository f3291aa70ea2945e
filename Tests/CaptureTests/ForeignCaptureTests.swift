import Connection
import Glibc
import Testing
import Wire

@testable import Capture

/// The same traffic of Python's websockets, captured by several programs at the same time: four WebSocket connections,
/// one of them over IPv6, one compressed, one reset; and a request that asks for no upgrade.
@Suite("Captures of tcpdump and tshark")
struct ForeignCaptureTests {
    static func path(_ name: String) -> String {
        #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Captures/" + name
    }

    private static let reference = "ethernet.pcap"

    /// Each connection's story, with the bytes of either side put together.
    private struct Story: Hashable {
        var notes: [Segment.Kind] = []
        var client: [UInt8] = []
        var server: [UInt8] = []
    }

    private func stories(_ collector: Collector) -> [Story] {
        let last = collector.segments.map(\.connection).max() ?? 0
        return (0..<last).map { index in
            let segments = collector.segments.filter { $0.connection == index + 1 }
            let notes = segments.map(\.kind).compactMap { kind -> Segment.Kind? in
                switch kind {
                case .bytes: nil
                case .opened(let opening):
                    .opened(Opening(client: opening.client, server: opening.server, source: "any"))
                case .fin, .reset, .hole, .effect: kind
                }
            }
            return Story(
                notes: notes, client: collector.bytes(of: index + 1, from: .client),
                server: collector.bytes(of: index + 1, from: .server))
        }
    }

    @Test("hold what went over the wire")
    func reference() throws {
        let read = try Recordings.read(Self.path(Self.reference))
        let stories = stories(read.collector)
        #expect(read.summary.packets == 96)
        #expect(read.summary.warnings == [])
        #expect(stories.count == 5)
        let requests = stories.map { String(decoding: $0.client.prefix { $0 != 13 }, as: UTF8.self) }
        #expect(
            requests.sorted() == [
                "GET / HTTP/1.1", "GET /chat HTTP/1.1", "GET /deflate HTTP/1.1", "GET /killed HTTP/1.1",
                "GET /six HTTP/1.1",
            ])
        let notes = stories[0].notes.dropFirst()
        #expect(Set(notes) == [.fin(from: .client), .fin(from: .server)])
        #expect(opcodes(stories[0].client) == [1, 1, 2, 1, 0, 0, 0, 9, 8])
        #expect(opcodes(stories[0].server) == [1, 1, 2, 1, 10, 8])
    }

    /// The opcodes of the frames behind the HTTP head.
    private func opcodes(_ bytes: [UInt8]) -> [UInt8] {
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { return [] }
        var decoder = FrameDecoder()
        var offset = end.upperBound
        var opcodes: [UInt8] = []
        while let step = decoder.next(bytes.span, at: &offset) {
            if case .header(let header) = step { opcodes.append(header.byte0 & 15) }
        }
        return opcodes
    }

    @Test(
        "show the same traffic in every format and with every link layer",
        arguments: ["cooked.pcap", "cooked2.pcap", "ethernet.pcapng", "nanoseconds.pcap"])
    func formats(_ name: String) throws {
        let expected = stories(try Recordings.read(Self.path(Self.reference)).collector)
        let read = try Recordings.read(Self.path(name))
        #expect(Set(stories(read.collector)) == Set(expected))
        #expect(read.summary.warnings == [])
    }

    @Test("that hold each packet twice, from two interfaces, tell it once")
    func twice() throws {
        let expected = stories(try Recordings.read(Self.path(Self.reference)).collector)
        let found = stories(try Recordings.read(Self.path("two-interfaces.pcapng")).collector)
        #expect(found.count == 1)
        #expect(Set(found).isSubset(of: Set(expected)))
    }

    @Test("with packets cut off say how much is missing, and where")
    func cutOff() throws {
        let expected = stories(try Recordings.read(Self.path(Self.reference)).collector)
        let read = try Recordings.read(Self.path("snap96.pcap"))
        for (index, whole) in expected.enumerated() {
            for (side, stream) in [(Side.client, whole.client), (.server, whole.server)] {
                var offset = 0
                for told in read.collector.segments where told.connection == index + 1 {
                    if told.kind == .bytes(from: side) {
                        #expect(Array(stream[offset..<offset + told.bytes.count]) == told.bytes)
                        offset += told.bytes.count
                    } else if case .hole(side, let count) = told.kind {
                        offset += Int(count ?? 0)
                    }
                }
                #expect(offset == stream.count)
            }
        }
    }

    @Test("are replayed with random access to their bytes")
    func replay() throws {
        var collector = Collector()
        var replay = try Replay(path: Self.path(Self.reference))
        _ = try replay.read(into: &collector)
        for (told, location) in zip(collector.segments, collector.locations) where !told.bytes.isEmpty {
            let location = try #require(location)
            #expect(try replay.recording.bytes(at: location, from: 0, count: told.bytes.count) == told.bytes)
        }
    }

    @Test("are replayed from a pipe as well, ours too", arguments: [false, true])
    func pipe(isOwn: Bool) throws {
        let scratch = Scratch()
        var contents = Scratch.read(Self.path(Self.reference))
        if isOwn {
            let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")
            _ = try Recordings.write(
                Recordings.echo(1, opening, messages: 9, start: 0), to: scratch.file("own.pcapng"))
            contents = Scratch.read(scratch.file("own.pcapng"))
        }
        let path = scratch.file("pipe")
        mkfifo(path, 0o600)
        BackgroundThread.start { [contents] in Scratch.write(contents, to: path) }
        var collector = Collector()
        var replay = try Replay(path: path)
        _ = try replay.read(into: &collector)
        let index = try #require(collector.segments.lastIndex { !$0.bytes.isEmpty })
        let location = try #require(collector.locations[index])
        let bytes = collector.segments[index].bytes
        #expect(try replay.recording.bytes(at: location, from: 0, count: bytes.count) == bytes)
    }
}
