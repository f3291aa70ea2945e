import Connection
import Glibc
import Synchronization
import Testing
import Wire

@testable import Capture

@Suite("Recorder")
struct RecorderTests {
    private let scratch = Scratch()
    private static let opening = Opening(client: .loopback(40_000), server: .loopback(9001), source: "serve")

    private func recorder<Sink: SegmentSink & SendableMetatype>(
        _ sink: sending Sink, didDrain: @escaping @Sendable () -> Void = {}
    ) throws -> Recorder<Sink> {
        try Recorder(to: .file(scratch.file("a.pcapng")), sink: sink, didDrain: didDrain) { failure in
            Issue.record("\(failure)")
        }
    }

    private static func tell<Sink: SegmentSink>(_ segments: [Told], to recorder: Recorder<Sink>) {
        for told in segments {
            let time = Timestamp(nanoseconds: told.time)
            let connection = ConnectionID(rawValue: told.connection)
            switch told.kind {
            case .opened(let opening):
                #expect(recorder.open(opening, at: time) == connection)
            case .bytes(let side):
                told.bytes.withUnsafeBytes { _ = recorder.bytes(connection, from: side, at: time, $0) }
            case .fin, .reset, .hole, .effect:
                recorder.note(connection, told.kind, at: time)
            }
        }
    }

    @Test("hands on what it was told, and has it on disk")
    func handsOn() throws {
        let sink = SharedCollector()
        let recorder = try recorder(sink)
        let segments =
            Recordings.echo(1, Self.opening, messages: 5, start: 1000)
            + [Told(connection: 1, time: 900_000, kind: .effect("done"))]
            + Recordings.echo(2, Self.opening, messages: 5, start: 1_000_000)
        Self.tell(segments, to: recorder)
        recorder.flush()
        #expect(sink.contents.segments == segments)
        let read = try Recordings.read(scratch.file("a.pcapng")).collector
        #expect(read.segments == segments)
        #expect(read.locations == sink.contents.locations)
        recorder.close()
    }

    @Test("hands on without being asked to flush")
    func byItself() throws {
        let sink = SharedCollector()
        let drained = Signal()
        let recorder = try recorder(sink, didDrain: { drained.give() })
        let segments = Recordings.echo(1, Self.opening, messages: 1, start: 0)
        Self.tell(segments, to: recorder)
        while sink.contents.segments.count < segments.count { drained.take() }
        recorder.close()
    }

    @Test("writes before it hands on")
    func onDiskFirst() throws {
        struct Checker: SegmentSink {
            let path: String
            func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
                guard case .bytes = segment.kind, let location = segment.location else { return }
                let expected = bytes.withUnsafeBufferPointer(Array.init)
                let found = try? Recording(path: path).bytes(at: location, from: 0, count: expected.count)
                #expect(found == expected)
            }
        }
        let recorder = try recorder(Checker(path: scratch.file("a.pcapng")))
        Self.tell(Recordings.echo(1, Self.opening, messages: 20, start: 0), to: recorder)
        recorder.close()
    }

    @Test("asks for a pause when it falls behind, and says when there is room; nothing is lost")
    func backpressure() throws {
        /// Keeps the recorder's thread from going on.
        final class Gate: SegmentSink, Sendable {
            let isOpen = Mutex(false)
            let bytes = Mutex(0)
            let entered = Signal()
            func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
                entered.give()
                while !isOpen.withLock({ $0 }) { usleep(1000) }
                let count = bytes.count
                self.bytes.withLock { $0 += count }
            }
        }
        let gate = Gate()
        let recorder = try recorder(gate)
        let id = recorder.open(Self.opening, at: Timestamp(nanoseconds: 0))
        gate.entered.take()
        let part = [UInt8](repeating: 7, count: 100_000)
        var told = 0
        var demand = TapDemand.continue
        while demand == .continue {
            demand = part.withUnsafeBytes { recorder.bytes(id, from: .client, at: Timestamp(nanoseconds: 0), $0) }
            told += part.count
            #expect(told <= 12 << 20)
        }
        let resumed = Signal()
        let calls = Atomic(0)
        recorder.whenDrained {
            calls.add(1, ordering: .relaxed)
            resumed.give()
        }
        #expect(calls.load(ordering: .relaxed) == 0)
        gate.isOpen.withLock { $0 = true }
        resumed.take()
        recorder.whenDrained { resumed.give() }
        resumed.take()
        recorder.close()
        #expect(calls.load(ordering: .relaxed) == 1)
        #expect(gate.bytes.withLock { $0 } == told)
        let read = try Recordings.read(scratch.file("a.pcapng")).collector
        #expect(read.bytes(of: 1, from: .client).count == told)
    }

    @Test("loses nothing of what several threads tell, and keeps the order of each connection")
    func threads() throws {
        let sink = SharedCollector()
        let recorder = try recorder(sink)
        let finished = Signal()
        for _ in 0..<4 {
            BackgroundThread.start {
                let id = recorder.open(Self.opening, at: Timestamp(nanoseconds: 0))
                for number in 0..<5000 as Range<UInt32> {
                    withUnsafeBytes(of: number) { bytes in
                        let demand = recorder.bytes(
                            id, from: .server, at: Timestamp(nanoseconds: UInt64(number)), bytes)
                        guard demand == .pause else { return }
                        let resumed = Signal()
                        recorder.whenDrained { resumed.give() }
                        resumed.take()
                    }
                }
                recorder.note(id, .fin(from: .server), at: Timestamp(nanoseconds: 5000))
                finished.give()
            }
        }
        for _ in 0..<4 { finished.take() }
        recorder.close()
        let times = sink.contents.segments.map(\.time)
        #expect(times == times.sorted())
        let expected = (0..<5000 as Range<UInt32>).flatMap { number in withUnsafeBytes(of: number, Array.init) }
        let read = try Recordings.read(scratch.file("a.pcapng")).collector
        for id in 1...4 as ClosedRange<UInt32> {
            #expect(sink.contents.bytes(of: id, from: .server) == expected)
            #expect(read.bytes(of: id, from: .server) == expected)
        }
    }

    @Test("lets traffic go on when the disk is full, says so once, and keeps what was written")
    func diskFull() throws {
        let path = scratch.file("a.pcapng")
        let writer = try PcapngWriter(.file(path))
        let descriptor = writer.recording.file.descriptor
        let sink = SharedCollector()
        let failures = Mutex<[CaptureError]>([])
        let recorder = Recorder(writer, sink: sink, didDrain: {}) { failure in failures.withLock { $0.append(failure) }
        }
        let segments = Recordings.echo(1, Self.opening, messages: 2, start: 0)
        Self.tell(segments, to: recorder)
        recorder.flush()
        #expect(recorder.failure == nil)

        // From here on each write fails as on a disk that is full.
        let full = open("/dev/full", O_RDWR)
        dup2(full, descriptor)
        close(full)
        let more = Recordings.echo(2, Self.opening, messages: 2, start: 1000)
        Self.tell(more, to: recorder)
        recorder.flush()
        Self.tell(Recordings.echo(3, Self.opening, messages: 2, start: 2000), to: recorder)
        recorder.close()

        let failure = CaptureError.cannotWrite(path: path, errno: ENOSPC)
        #expect(failures.withLock { $0 } == [failure])
        #expect(recorder.failure == failure)
        #expect(sink.contents.segments.count == 3 * segments.count)
        #expect(sink.contents.locations.dropFirst(segments.count).allSatisfy { $0 == nil })
        #expect(try Recordings.read(path).collector.segments == segments)
    }

    @Test("takes what is told after its end without harm")
    func afterClose() throws {
        let sink = SharedCollector()
        let recorder = try recorder(sink)
        recorder.close()
        recorder.close()
        Self.tell([Told(connection: 1, time: 0, kind: .opened(Self.opening))], to: recorder)
        recorder.flush()
        #expect(sink.contents.segments.isEmpty)
    }
}

/// Given by one thread, taken by another.
final class Signal: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    init() { sem_init(semaphore, 0, 0) }
    deinit { semaphore.deallocate() }
    func give() { sem_post(semaphore) }
    func take() { sem_wait(semaphore) }
}
