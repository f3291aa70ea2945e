import Connection
import Glibc
import Testing

@testable import Capture

@Suite("Where a recording is kept")
struct RecordingPlaceTests {
    private let scratch = Scratch()
    private static let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")
    private static let segments = Recordings.echo(1, opening, messages: 1, start: 0)

    @Test("is nobody else's to read")
    func mode() throws {
        let path = scratch.file("a.pcapng")
        _ = try PcapngWriter(.file(path))
        var status = stat()
        stat(path, &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("has no name where nobody asked for one")
    func spool() throws {
        let writer = try PcapngWriter(.spool)
        var status = stat()
        fstat(writer.recording.file.descriptor, &status)
        #expect(status.st_nlink == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("is no file that holds something else, which stays as it is", arguments: ["text", "pcap", "damaged"])
    func wouldOverwrite(_ kind: String) throws {
        let path = scratch.file("a.pcapng")
        var contents = Array("dear diary, today I did something".utf8)
        if kind == "pcap" { contents = Scratch.read(ForeignCaptureTests.path("ethernet.pcap")) }
        if kind == "damaged" {
            let locations = try Recordings.write(Self.segments, to: path)
            contents = Scratch.read(path)
            contents[Int(locations[1] ?? 0) + 4] = 3  // No block is that long.
        }
        Scratch.write(contents, to: path)
        #expect {
            try PcapngWriter(.file(path))
        } throws: {
            if case CaptureError.wouldOverwrite = $0 { true } else { false }
        }
        #expect(Scratch.read(path) == contents)
    }

    @Test("is one recorder's at a time")
    func inUse() throws {
        let path = scratch.file("a.pcapng")
        let writer = try PcapngWriter(.file(path))
        #expect(throws: CaptureError.inUse(path: path)) { try PcapngWriter(.file(path)) }
        withExtendedLifetime(writer) {}
    }

    @Test("is somewhere a file can be", arguments: [("/nowhere/a.pcapng", ENOENT), ("/tmp", EISDIR)])
    func cannotCreate(_ path: String, _ error: Int32) {
        #expect(throws: CaptureError.cannotCreate(path: path, errno: error)) { try PcapngWriter(.file(path)) }
    }

    @Test("is no device")
    func device() {
        let expected = CaptureError.wouldOverwrite(path: "/dev/null", found: "it is no regular file")
        #expect(throws: expected) { try PcapngWriter(.file("/dev/null")) }
    }

    @Test("may have been left with a part of a block, which goes before more is recorded")
    func killed() throws {
        let path = scratch.file("a.pcapng")
        _ = try Recordings.write(Self.segments, to: path)
        let whole = Scratch.read(path)
        for cut in [1, 20, 71] {
            Scratch.write(Array(whole.dropLast(cut)), to: path)
            _ = try Recordings.write(Self.segments, to: path)
            let read = try Recordings.read(path)
            #expect(read.summary.end == .complete)
            #expect(read.collector.segments.count == 2 * Self.segments.count - 1)
        }
    }

    @Test("is filled in whole blocks: what is there at any time is a recording")
    func wholeBlocks() throws {
        let path = scratch.file("a.pcapng")
        let blocks = try BlockFile(RecordingPlace.file(path).open().file, end: 0, capacity: 500)
        let writer = try PcapngWriter(blocks)
        for told in Self.segments {
            _ = try Recordings.write([told], with: writer)
            #expect(try Recordings.read(path).summary.end == .complete)
        }
        #expect(writer.size > 500)
    }

    @Test("says what went wrong, why, and what to do")
    func messages() {
        let full = CaptureError.cannotWrite(path: "a.pcapng", errno: ENOSPC)
        #expect(
            full.description == "recording to a.pcapng stopped: No space left on device. "
                + "What was recorded before is kept; free some space and start again.")
        let missing = CaptureError.cannotOpen(path: "a.pcapng", errno: ENOENT)
        #expect(
            missing.description == "cannot open a.pcapng: No such file or directory. "
                + "Check the path and its permissions.")
    }
}
