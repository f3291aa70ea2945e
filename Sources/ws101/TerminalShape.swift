import Foundation
import Lint

/// What standard output is, for who writes text that should look well there.
struct TerminalShape {
    let isTerminal: Bool
    /// 80 where there is none.
    let columns: Int
    /// nil where there is none.
    let rows: Int?

    static var standardOutput: TerminalShape {
        guard isatty(STDOUT_FILENO) == 1 else { return TerminalShape(isTerminal: false, columns: 80, rows: nil) }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return TerminalShape(isTerminal: true, columns: 80, rows: nil)
        }
        return TerminalShape(isTerminal: true, columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    /// No wider than reads well; in colour only where a terminal shows it and nobody asked for none.
    var style: TextStyle {
        let environment = ProcessInfo.processInfo.environment
        let wantsColour = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        return TextStyle(width: min(max(columns, 40), 110), isColoured: isTerminal && wantsColour)
    }
}
