import Connection
import Synchronization

/// Keeps what a recorder hands on, to be looked at from the test's thread.
final class SharedCollector: SegmentSink, Sendable {
    private let collector = Mutex(Collector())

    func receive(_ segment: Segment, _ bytes: Span<UInt8>) {
        let bytes = bytes.withUnsafeBufferPointer(Array.init)
        collector.withLock { $0.receive(segment, bytes.span) }
    }

    var contents: Collector { collector.withLock { $0 } }
}
