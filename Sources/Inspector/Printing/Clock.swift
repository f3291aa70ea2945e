import Connection

/// Writes times of day; most are in the same second as the one before.
struct Clock {
    private var second: UInt64?
    private var prefix: [UInt8] = []
    private(set) var civil = CivilTime(seconds: 0)

    /// `20:14:03.120413`
    mutating func timeOfDay(_ time: Timestamp, to line: inout LineBuffer) {
        turn(to: time)
        line.bytes.append(contentsOf: prefix.suffix(9))
        line.digits(time.nanoseconds % 1_000_000_000 / 1000, count: 6)
    }

    /// `2026-11-24`
    mutating func date(_ time: Timestamp, to line: inout LineBuffer) {
        turn(to: time)
        line.bytes.append(contentsOf: prefix.prefix(10))
    }

    /// `2026-11-24T20:14:03.120413987Z`, RFC 3339.
    mutating func full(_ time: Timestamp, to line: inout LineBuffer) {
        turn(to: time)
        line.bytes.append(contentsOf: prefix)
        line.digits(time.nanoseconds % 1_000_000_000, count: 9)
        line.add(0x5a)
    }

    private mutating func turn(to time: Timestamp) {
        let now = time.nanoseconds / 1_000_000_000
        guard now != second else { return }
        second = now
        civil = CivilTime(seconds: now)
        var line = LineBuffer()
        line.digits(UInt64(civil.year), count: 4)
        line.add("-")
        line.digits(UInt64(civil.month), count: 2)
        line.add("-")
        line.digits(UInt64(civil.day), count: 2)
        line.add("T")
        line.digits(UInt64(civil.hour), count: 2)
        line.add(":")
        line.digits(UInt64(civil.minute), count: 2)
        line.add(":")
        line.digits(UInt64(civil.second), count: 2)
        line.add(".")
        prefix = line.bytes
    }
}
