import Synchronization

/// Some lines of a terminal that are drawn anew while something goes on. Where there is no terminal only the last state
/// is printed, and where they are more than the terminal has.
final class LiveLines: Sendable {
    private let isLive: Bool
    private let isSilent: Bool
    private let rows: Int
    private let drawn = Mutex(0)

    /// - Parameter isSilent: Nothing is printed at all.
    init(_ shape: TerminalShape, isSilent: Bool) {
        isLive = shape.isTerminal && !isSilent
        rows = shape.rows ?? 0
        self.isSilent = isSilent
    }

    func replace(with lines: [String]) {
        if isLive, lines.count < rows { draw(lines) }
    }

    func finish(with lines: [String]) {
        if isLive, lines.count < rows {
            draw(lines)
        } else if !isSilent {
            Output.answer(lines.joined(separator: "\n"))
        }
    }

    private func draw(_ lines: [String]) {
        drawn.withLock { drawn in
            // Up to where they began; each line is cleared as it is written.
            let up = drawn > 0 ? "\u{1b}[\(drawn)A" : ""
            drawn = lines.count
            Output.answer(up + lines.map { "\r\u{1b}[2K" + $0 }.joined(separator: "\n"))
        }
    }
}
