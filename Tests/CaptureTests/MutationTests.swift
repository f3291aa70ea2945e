import Connection
import Testing
import Wire

@testable import Capture

/// Garbage must never end the process: captures with bytes changed, cut out, repeated and put in.
@Suite("Captures with errors in them")
struct MutationTests {
    private static let seeds = [
        "ethernet.pcap", "cooked2.pcap", "snap96.pcap", "ethernet.pcapng", "two-interfaces.pcapng", "own",
    ]

    private func contents(_ name: String) throws -> [UInt8] {
        guard name == "own" else { return Scratch.read(ForeignCaptureTests.path(name)) }
        let scratch = Scratch()
        let opening = Opening(client: .loopback(40_000), server: .loopback(9001), isTLS: true, source: "proxy")
        var segments = Recordings.echo(1, opening, messages: 3, start: 1000)
        segments.insert(Told(connection: 1, time: 4000, kind: .hole(from: .client, count: 5)), at: 4)
        segments.insert(Told(connection: 1, time: 5000, kind: .effect("none")), at: 5)
        _ = try Recordings.write(segments, to: scratch.file("a.pcapng"))
        return Scratch.read(scratch.file("a.pcapng"))
    }

    @Test("are read as far as they go, or refused", arguments: seeds)
    func mutations(_ name: String) throws {
        let original = try contents(name)
        let scratch = Scratch()
        let path = scratch.file("a")
        for seed in 0..<60 as Range<UInt64> {
            var random = Random(seed: seed)
            var bytes = original
            for _ in 0...random.below(8) { mutate(&bytes, &random) }
            Scratch.write(bytes, to: path)
            guard let read = try? Recordings.read(path) else { continue }
            let told = read.collector.segments.reduce(0) { $0 + $1.bytes.count }
            #expect(told <= bytes.count)
            guard let recording = try? Recording(path: path) else { continue }
            for location in read.collector.locations {
                _ = try? recording.bytes(at: location ?? 0, from: random.below(20), count: random.below(5000))
            }
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
        guard bytes.count > 8 else { return }
        let at = random.below(bytes.count)
        let end = min(bytes.count, at + 1 + random.below(40))
        switch random.below(6) {
        case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[at] ^= 1 << random.below(8)
        case 2: bytes.removeSubrange(at..<end)
        case 3: bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count))
        case 4: bytes.removeSubrange(end...)
        default:
            // Numbers at the edges, where lengths and offsets stand.
            let edge = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0xffff, 12, 28][random.below(8)] as UInt32
            let place = at & ~3
            guard place + 4 <= bytes.count else { return }
            withUnsafeBytes(of: edge) { bytes.replaceSubrange(place..<place + 4, with: $0) }
        }
    }
}
