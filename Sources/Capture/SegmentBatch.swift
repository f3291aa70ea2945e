import Connection
import Wire

/// Segments with their bytes, one behind the other in one piece of memory, so that adding one allocates nothing.
final class SegmentBatch {
    private var buffer: UnsafeMutableRawBufferPointer
    /// Bytes used.
    private(set) var size = 0
    /// The kinds of those segments that are not `.bytes`.
    private var kinds: [Segment.Kind] = []

    /// What stands in front of a segment's bytes.
    private struct Entry: BitwiseCopyable {
        let time: UInt64
        /// Of `.bytes`, how many; of another kind, its index.
        let count: Int
        var location: UInt64
        let connection: UInt32
        let side: UInt8
        let isBytes: Bool
    }

    /// Stands for a segment that is not in a file.
    private static let nowhere = UInt64.max
    /// What is usually enough: the operating system gives memory only where it is written to.
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        buffer = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { buffer.deallocate() }

    var isEmpty: Bool { size == 0 }

    func append(_ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer) {
        let entry = Entry(
            time: time.nanoseconds, count: bytes.count, location: Self.nowhere, connection: connection.rawValue,
            side: side.rawValue, isBytes: true)
        let place = append(entry, room: bytes.count)
        guard !bytes.isEmpty else { return }
        UnsafeMutableRawBufferPointer(rebasing: buffer[place..<place + bytes.count]).copyMemory(from: bytes)
    }

    func append(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {
        let entry = Entry(
            time: time.nanoseconds, count: kinds.count, location: Self.nowhere, connection: connection.rawValue,
            side: 0, isBytes: false)
        _ = append(entry, room: 0)
        kinds.append(kind)
    }

    func removeAll() {
        size = 0
        kinds.removeAll(keepingCapacity: true)
        if buffer.count > capacity {
            buffer.deallocate()
            buffer = .allocate(byteCount: capacity, alignment: 16)
        }
    }

    /// Goes through the segments; each has the location afterwards that `body` returns.
    func relocate(_ body: (Segment, Span<UInt8>) -> UInt64?) {
        var at = 0
        while at < size {
            var entry = buffer.load(fromByteOffset: at, as: Entry.self)
            let bytes = self.bytes(of: entry, at: at)
            entry.location = body(segment(entry), Span(_unsafeBytes: bytes)) ?? Self.nowhere
            buffer.storeBytes(of: entry, toByteOffset: at, as: Entry.self)
            at = Self.aligned(at + MemoryLayout<Entry>.stride + bytes.count)
        }
    }

    func forEach(_ body: (Segment, Span<UInt8>) -> Void) {
        var at = 0
        while at < size {
            let entry = buffer.load(fromByteOffset: at, as: Entry.self)
            let bytes = self.bytes(of: entry, at: at)
            body(segment(entry), Span(_unsafeBytes: bytes))
            at = Self.aligned(at + MemoryLayout<Entry>.stride + bytes.count)
        }
    }

    /// - Returns: Where the bytes belong.
    private func append(_ entry: Entry, room: Int) -> Int {
        let place = size + MemoryLayout<Entry>.stride
        let end = Self.aligned(place + room)
        if end > buffer.count { grow(end) }
        buffer.storeBytes(of: entry, toByteOffset: size, as: Entry.self)
        size = end
        return place
    }

    private func grow(_ needed: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, buffer.count * 2), alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<size]))
        buffer.deallocate()
        buffer = larger
    }

    private func segment(_ entry: Entry) -> Segment {
        Segment(
            connection: ConnectionID(rawValue: entry.connection), time: Timestamp(nanoseconds: entry.time),
            kind: entry.isBytes ? .bytes(from: entry.side == 0 ? .client : .server) : kinds[entry.count],
            location: entry.location == Self.nowhere ? nil : entry.location)
    }

    private func bytes(of entry: Entry, at offset: Int) -> UnsafeRawBufferPointer {
        let start = offset + MemoryLayout<Entry>.stride
        return UnsafeRawBufferPointer(rebasing: buffer[start..<start + (entry.isBytes ? entry.count : 0)])
    }

    private static func aligned(_ count: Int) -> Int { (count + 15) & ~15 }
}
