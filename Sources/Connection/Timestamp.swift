/// A point in time in nanoseconds since 1970-01-01T00:00:00Z, as a capture file has it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z.
    public let nanoseconds: UInt64

    /// A point in time so many nanoseconds after 1970-01-01T00:00:00Z.
    @inlinable public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// Whether `left` is earlier.
    @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Nanoseconds from `earlier` to `self`; negative where the order is the other way round.
    @inlinable package func since(_ earlier: Timestamp) -> Int64 {
        Int64(bitPattern: nanoseconds &- earlier.nanoseconds)
    }

    @inlinable package func adding(nanoseconds: Int64) -> Timestamp {
        Timestamp(nanoseconds: self.nanoseconds &+ UInt64(bitPattern: nanoseconds))
    }
}
