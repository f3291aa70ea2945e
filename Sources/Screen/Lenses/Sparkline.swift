/// A row of bars, one a value, the highest as high as the row.
enum Sparkline {
    static func text(_ values: [UInt32]) -> String {
        let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        guard let highest = values.max(), highest > 0 else { return String(repeating: "▁", count: values.count) }
        return String(
            values.map { value in
                value == 0 ? " " : bars[Int((UInt64(value) * 8 - 1) / UInt64(highest)).clamped(to: 0...7)]
            })
    }
}

extension Int {
    func clamped(to range: ClosedRange<Int>) -> Int { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
