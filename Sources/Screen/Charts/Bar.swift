/// How much of something there is, as a bar: "━━━━━━╸─────". The figure stands beside it, for those who see no bar.
enum Bar {
    /// - Parameter share: 0 to 1.
    static func text(_ share: Double, width: Int, style: Style = .strong) -> StyledText {
        guard width > 0 else { return StyledText() }
        let halves = Int((min(max(share, 0), 1) * Double(width * 2)).rounded())
        let full = halves / 2
        var bar = StyledText(String(repeating: "━", count: full), style)
        if halves % 2 == 1 { bar.append("╸", style) }
        bar.append(String(repeating: "─", count: width - bar.width), .rule)
        return bar
    }

    /// "42 %", right-aligned in five columns.
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %".leftPadded(to: 5) }
}
