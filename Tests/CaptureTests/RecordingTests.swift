import Connection
import Testing
import Wire

@testable import Capture

@Suite("Random access to a recording")
struct RecordingTests {
    private let scratch = Scratch()
    private static let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")
    private static let other = Opening(client: .loopback(40_001), server: .loopback(9001), source: "serve")

    private static func told(_ id: UInt32, _ side: Side, _ bytes: [UInt8]) -> Told {
        Told(connection: id, time: 0, kind: .bytes(from: side), bytes: bytes)
    }

    private static let openings = [
        Told(connection: 1, time: 0, kind: .opened(opening)), Told(connection: 2, time: 0, kind: .opened(other)),
    ]

    @Test("follows one side of a connection through all that stands between")
    func follows() throws {
        let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let segments =
            Self.openings + [
                Self.told(1, .client, [1, 2, 3]), Self.told(2, .client, [9, 9, 9]), Self.told(1, .server, [8, 8]),
                Told(connection: 1, time: 0, kind: .effect("none")), Self.told(1, .client, [4, 5]),
                Self.told(2, .client, large), Self.told(1, .client, large), Self.told(1, .client, [6]),
            ]
        let path = scratch.file("a.pcapng")
        let locations = try Recordings.write(segments, to: path)
        let recording = try Recording(path: path)
        let start = try #require(locations[2])
        let stream = [1, 2, 3, 4, 5] + large + [6]
        for (offset, count) in [
            (0, 3), (1, 1), (0, 5), (2, 2), (4, 1), (0, 0), (3, 100_000), (5, 200_000), (0, 200_006),
        ] {
            let found = try recording.bytes(at: start, from: offset, count: count)
            #expect(found == Array(stream[offset..<offset + count]))
        }
        #expect(try recording.bytes(at: start, from: 199_000, count: 9999) == Array(stream[199_000...]))
    }

    @Test("ends where bytes are missing, and where another connection takes over the same ends")
    func ends() throws {
        let segments =
            Self.openings + [
                Self.told(1, .client, [1, 2]), Self.told(2, .client, [1, 2]),
                Told(connection: 1, time: 0, kind: .hole(from: .client, count: 4)), Self.told(1, .client, [7]),
                Told(connection: 2, time: 0, kind: .fin(from: .client)),
                Told(connection: 2, time: 0, kind: .fin(from: .server)),
                Told(connection: 3, time: 0, kind: .opened(Self.other)), Self.told(3, .client, [7]),
            ]
        let path = scratch.file("a.pcapng")
        let locations = try Recordings.write(segments, to: path)
        let recording = try Recording(path: path)
        for index in 2...3 {
            let location = try #require(locations[index])
            #expect(try recording.bytes(at: location, from: 0, count: 9) == [1, 2])
        }
    }

    @Test("sees what is on disk while more is written")
    func whileWriting() throws {
        let writer = try PcapngWriter(.spool)
        var locations = try Recordings.write(Self.openings + [Self.told(1, .client, [1, 2])], with: writer)
        let location = try #require(locations.last ?? nil)
        #expect(try writer.recording.bytes(at: location, from: 0, count: 4) == [])
        try writer.flush()
        #expect(try writer.recording.bytes(at: location, from: 0, count: 4) == [1, 2])
        locations = try Recordings.write([Self.told(1, .client, [3, 4])], with: writer)
        #expect(try writer.recording.bytes(at: location, from: 0, count: 4) == [1, 2])
        try writer.flush()
        #expect(try writer.recording.bytes(at: location, from: 0, count: 4) == [1, 2, 3, 4])
    }

    @Test("finds nothing where no segment begins", arguments: [0, 1, 2, 3, 77, 100_000, .max] as [UInt64])
    func nowhere(_ location: UInt64) throws {
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(Self.openings + [Self.told(1, .client, [1, 2])], to: path)
        #expect(try Recording(path: path).bytes(at: location, from: 0, count: 10) == [])
    }

    @Test("is refused for a capture of somebody else")
    func foreign() {
        let path = ForeignCaptureTests.path("ethernet.pcapng")
        #expect(throws: CaptureError.self) { try Recording(path: path) }
    }
}
