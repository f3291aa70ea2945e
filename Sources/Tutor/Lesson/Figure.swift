/// Figures as people write and read them.
package enum Figure {
    /// A number with or without a unit: of time in milliseconds (`500ms`, `2s`, `30us`), of bytes in bytes (`2kB`,
    /// `1MiB`, `7B`), and else as it stands. Commas between thousands are allowed.
    package static func parse(_ text: String) -> Double? {
        let compact = text.trimmed.filter { $0 != "," && $0 != "_" && !$0.isWhitespace }
        let digits = compact.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        guard let number = Double(digits) else { return nil }
        guard let factor = factors[String(compact.dropFirst(digits.count)).lowercased()] else { return nil }
        return number * factor
    }

    private static let factors: [String: Double] = [
        "": 1, "b": 1, "byte": 1, "bytes": 1, "kb": 1000, "kib": 1024, "mb": 1_000_000, "mib": 1_048_576,
        "us": 0.001, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000,
    ]

    /// As short as it can be said, with at most three digits behind the point.
    package static func text(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
        let thousandths = (number * 1000).rounded()
        let whole = Int64(thousandths / 1000)
        let rest = Int64(abs(thousandths)) % 1000
        guard rest != 0 else { return "\(whole)" }
        var fraction = String(rest)
        fraction = String(repeating: "0", count: 3 - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return (number < 0 && whole == 0 ? "-0" : "\(whole)") + "." + fraction
    }
}
