/// Figures for people.
package enum Words {
    /// Nanoseconds as "340 µs", "1.4 ms", "94 s", "2 min 5 s", "3 h 10 min".
    package static func duration(_ nanoseconds: Int64) -> String {
        let value = Double(nanoseconds)
        switch abs(value) {
        case ..<1e3: return "\(nanoseconds) ns"
        case ..<1e6: return "\(short(value / 1e3)) µs"
        case ..<1e9: return "\(short(value / 1e6)) ms"
        case ..<120e9: return "\(short(value / 1e9)) s"
        case ..<3600e9: return two(Int(value / 1e9), 60, "min", "s")
        default: return two(Int(value / 60e9), 60, "h", "min")
        }
    }

    /// Bytes as "125 B", "16 KiB", "1.5 MiB".
    package static func bytes(_ count: Int) -> String {
        switch count {
        case ..<1024: "\(count) B"
        case ..<(1 << 20): "\(short(Double(count) / 1024)) KiB"
        case ..<(1 << 30): "\(short(Double(count) / 1_048_576)) MiB"
        default: "\(short(Double(count) / 1_073_741_824)) GiB"
        }
    }

    /// "1 message", "3 messages".
    package static func count(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
    }

    /// One decimal below ten, none above, and none that is zero.
    private static func short(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        return abs(tenths) >= 10 || tenths == tenths.rounded() ? "\(Int(value.rounded()))" : "\(tenths)"
    }

    private static func two(_ value: Int, _ base: Int, _ large: String, _ small: String) -> String {
        value % base == 0 ? "\(value / base) \(large)" : "\(value / base) \(large) \(value % base) \(small)"
    }
}
