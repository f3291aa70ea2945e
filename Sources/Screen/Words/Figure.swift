/// Numbers as people read them.
enum Figure {
    /// 1234567 → "1,234,567"
    static func count(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    /// In at most five columns: "9,999", "12.4k", "3.1M".
    static func short(_ value: some BinaryInteger) -> String {
        if value < 10_000 { return count(value) }
        return scaled(UInt64(clamping: value), units: ["", "k", "M", "G", "T", "P", "E"], step: 1000)
    }

    /// "14 B", "1.2 KB", "439 MB".
    static func bytes(_ value: some BinaryInteger) -> String {
        if value < 1000 { return "\(value) B" }
        return scaled(UInt64(clamping: value), units: [" B", " KB", " MB", " GB", " TB", " PB", " EB"], step: 1000)
    }

    /// "14 bytes", "1 byte".
    static func inBytes(_ value: some BinaryInteger) -> String { value == 1 ? "1 byte" : count(value) + " bytes" }

    /// "1 frame", "12 frames".
    static func counted(_ value: some BinaryInteger, _ one: String) -> String {
        count(value) + " " + one + (value == 1 ? "" : "s")
    }

    /// A span of nanoseconds in three figures: "0.8 ms", "12 µs", "1.20 s".
    static func duration(_ nanoseconds: Int64) -> String {
        let value = Double(nanoseconds.magnitude)
        let sign = nanoseconds < 0 ? "-" : ""
        return switch value {
        case ..<1_000: sign + "\(nanoseconds.magnitude) ns"
        case ..<100_000: sign + decimal(value / 1e3, places: 0) + " µs"
        case ..<10_000_000: sign + decimal(value / 1e6, places: 1) + " ms"
        case ..<1_000_000_000: sign + decimal(value / 1e6, places: 0) + " ms"
        case ..<60_000_000_000: sign + decimal(value / 1e9, places: 2) + " s"
        default: sign + age(Int64(value))
        }
    }

    /// Minutes and seconds: "0:41", "1:02:03", "3d 04:05".
    static func age(_ nanoseconds: Int64) -> String {
        let seconds = max(0, nanoseconds) / 1_000_000_000
        let (minutes, hours, days) = (seconds / 60 % 60, seconds / 3600 % 24, seconds / 86400)
        if days > 0 { return "\(days)d \(two(hours)):\(two(minutes))" }
        if hours > 0 { return "\(hours):\(two(minutes)):\(two(seconds % 60))" }
        return "\(minutes):\(two(seconds % 60))"
    }

    static func two(_ value: some BinaryInteger) -> String { value < 10 ? "0\(value)" : "\(value)" }

    static func hex(_ byte: UInt8) -> String { byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String { bytes.map { hex($0) }.joined(separator: " ") }

    /// `width` digits of the lowest bits.
    static func binary(_ value: UInt64, width: Int) -> String {
        String((0..<width).reversed().map { value >> UInt64($0) & 1 == 1 ? "1" : "0" })
    }

    /// `value` with `places` decimal places, rounded.
    static func decimal(_ value: Double, places: Int) -> String {
        var factor: Int64 = 1
        for _ in 0..<places { factor *= 10 }
        let scaled = Int64((value * Double(factor)).rounded())
        guard places > 0 else { return String(scaled) }
        let fraction = String(scaled % factor)
        return "\(scaled / factor)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    private static func scaled(_ value: UInt64, units: [String], step: Double) -> String {
        var amount = Double(value)
        var unit = 0
        while amount >= 999.5, unit + 1 < units.count {
            amount /= step
            unit += 1
        }
        return decimal(amount, places: amount < 99.95 ? 1 : 0) + units[unit]
    }
}
