extension Threshold.Value {
    /// A value of the same kind as `model`: "45s", "300ms", "2min"; "64KiB"; "20"; "0.15" or "15%".
    package init?(parsing text: String, like model: Threshold.Value) {
        let text = text.trimmed
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(digits.count).trimmed
        guard let number = Double(digits), number.isFinite else { return nil }
        switch model {
        case .duration:
            guard let factor = Self.seconds[unit], number * factor <= Self.longest else { return nil }
            self = .duration(number * factor)
        case .bytes:
            guard let factor = Self.sizes[unit], number * factor <= Self.largest else { return nil }
            self = .bytes(Int(number * factor))
        case .count:
            guard unit.isEmpty, let count = Int(digits), count <= 1_000_000_000 else { return nil }
            self = .count(count)
        case .ratio:
            guard unit.isEmpty || unit == "%", number <= 1_000_000 else { return nil }
            self = .ratio(unit.isEmpty ? number : number / 100)
        }
    }

    /// What can be written for such a value.
    package var forms: String {
        switch self {
        case .duration: "a time with its unit: 300ms, 45s, 2min or 1h"
        case .bytes: "a size with its unit: 512B, 64KiB or 16MiB"
        case .count: "a whole number"
        case .ratio: "a number such as 0.15, or 15%"
        }
    }

    private static let seconds: [String: Double] = ["ms": 0.001, "s": 1, "min": 60, "h": 3600]
    private static let sizes: [String: Double] = ["B": 1, "KiB": 1024, "MiB": 1_048_576, "GiB": 1_073_741_824]
    /// A year, so that nanoseconds fit.
    private static let longest = 31_536_000.0
    private static let largest = 1_099_511_627_776.0
}

extension StringProtocol {
    fileprivate var trimmed: String { String(self.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
