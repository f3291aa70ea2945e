import Connection

/// A moment of UTC in the Gregorian calendar.
struct Calendar: Hashable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    /// - Parameter seconds: Since 1970-01-01T00:00:00Z.
    init(seconds: UInt64) {
        let ofDay = Int(seconds % 86_400)
        (hour, minute, second) = (ofDay / 3600, ofDay / 60 % 60, ofDay % 60)
        // Days since 0000-03-01, in eras of 400 years, which all have the same number of days.
        let days = Int(seconds / 86_400) + 719_468
        let ofEra = days % 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = days / 146_097 * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }
}

/// Writes times of day; most are in the same second as the one before.
struct Clock {
    private var second: UInt64?
    private var prefix: [UInt8] = []
    private(set) var calendar = Calendar(seconds: 0)

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
        calendar = Calendar(seconds: now)
        var line = LineBuffer()
        line.digits(UInt64(calendar.year), count: 4)
        line.add("-")
        line.digits(UInt64(calendar.month), count: 2)
        line.add("-")
        line.digits(UInt64(calendar.day), count: 2)
        line.add("T")
        line.digits(UInt64(calendar.hour), count: 2)
        line.add(":")
        line.digits(UInt64(calendar.minute), count: 2)
        line.add(":")
        line.digits(UInt64(calendar.second), count: 2)
        line.add(".")
        prefix = line.bytes
    }
}
