import Connection
import Wire

/// Lines in the making, as bytes: numbers, times and texts are written where they belong, without a string each.
struct LineBuffer {
    var bytes: [UInt8] = []

    mutating func add(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// For what is rare, or ours.
    mutating func text(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ byte: UInt8) {
        bytes.append(byte)
    }

    mutating func spaces(_ count: Int) {
        for _ in 0..<max(0, count) { bytes.append(0x20) }
    }

    /// - Parameters:
    ///   - width: With spaces in front up to so many columns.
    ///   - isGrouped: With a comma every three digits.
    mutating func number(_ value: UInt64, width: Int = 0, isGrouped: Bool = false) {
        var value = value
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { digits in
            var start = 32
            var count = 0
            repeat {
                if isGrouped, count > 0, count % 3 == 0 {
                    start -= 1
                    digits[start] = 0x2c
                }
                start -= 1
                digits[start] = 0x30 + UInt8(truncatingIfNeeded: value % 10)
                value /= 10
                count += 1
            } while value > 0
            spaces(width - (32 - start))
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Exactly `count` digits, the lowest ones.
    mutating func digits(_ value: UInt64, count: Int) {
        var divisor: UInt64 = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            bytes.append(0x30 + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    mutating func hex(_ byte: UInt8) {
        bytes.append(LineBuffer.hexDigit(byte >> 4))
        bytes.append(LineBuffer.hexDigit(byte & 0x0f))
    }

    static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    /// A time span with three figures and its unit, such as `812 µs` or `1.20 s`.
    mutating func duration(_ nanoseconds: Int64) {
        if nanoseconds < 0 { add(0x2d) }
        let value = nanoseconds.magnitude
        switch value {
        case ..<1000: unit(value, 1, " ns")
        case ..<1_000_000: unit(value, 1000, " µs")
        case ..<1_000_000_000: unit(value, 1_000_000, " ms")
        default: unit(value, 1_000_000_000, " s")
        }
    }

    private mutating func unit(_ value: UInt64, _ scale: UInt64, _ name: StaticString) {
        let whole = value / scale
        number(whole, isGrouped: true)
        if scale > 1, whole < 100 {
            let places = whole < 10 ? 2 : 1
            bytes.append(0x2e)
            digits(value % scale * (places == 2 ? 100 : 10) / scale, count: places)
        }
        add(name)
    }

    /// Text of a peer, safe for a terminal.
    mutating func safe(_ text: Span<UInt8>) {
        SafeText.append(text, to: &bytes)
    }

    mutating func safe(_ text: String) {
        self.text(SafeText.escape(text))
    }
}
