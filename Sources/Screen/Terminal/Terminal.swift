import CNcurses
import Glibc

/// The terminal, taken over: shows canvases, and is put back as it was on every way out, crashes included.
///
/// There is one; ncurses knows no second.
final class Terminal {
    /// Why a terminal cannot be taken over.
    enum Failure: Error, Hashable {
        /// Standard input or output is no terminal.
        case notATerminal
        /// TERM is not set, or names one that is not in the terminfo database.
        case unknown(String)
    }

    private var shown: Canvas?
    private var palette: Palette
    private let glyphs: Glyphs
    private var pairs: [[Int16?]: Int32] = [:]
    private let colors: Int

    init(environment: [String: String]) throws(Failure) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let name = environment["TERM"] ?? ""
        guard !name.isEmpty, name != "dumb", cn_save() else { throw .unknown(name) }
        Terminal.useLocale(environment)
        guard cn_start() else { throw .unknown(name) }
        cn_taken()
        cn_guard()
        start_color()
        use_default_colors()
        colors = Int(cn_colors())
        palette = Palette(environment: environment, colors: colors)
        glyphs = Glyphs(terminal: name, isUTF8: cn_is_utf8())
        Terminal.write(Terminal.mouseOn)
        // Older Linux consoles print what they do not know.
        if name != "linux" { Terminal.write("\u{1b}]11;?\u{1b}\\") }
    }

    /// Rows and columns, as they are now.
    var size: (height: Int, width: Int) {
        var rows = cn_lines()
        var columns = cn_columns()
        if cn_window_size(&rows, &columns), rows != cn_lines() || columns != cn_columns() {
            resizeterm(rows, columns)
            shown = nil
            cn_redraw_all()
        }
        return (Int(rows), Int(columns))
    }

    /// The terminal has told what its background is.
    func background(isLight: Bool) {
        guard palette.isLight != isLight else { return }
        palette.isLight = isLight
        shown = nil
    }

    /// Writes what differs from the canvas shown before.
    func show(_ canvas: Canvas) {
        let old = shown.flatMap { $0.width == canvas.width && $0.height == canvas.height ? $0.cells : nil }
        for (index, cell) in canvas.cells.enumerated() where cell.scalar != 0 {
            if let old, old[index] == cell { continue }
            put(cell, row: index / canvas.width, column: index % canvas.width)
        }
        shown = canvas
        curs_set(canvas.cursor == nil ? 0 : 1)
        if let cursor = canvas.cursor { cn_move(Int32(cursor.row), Int32(cursor.column)) }
        cn_refresh()
    }

    /// Gives the terminal back until `resume`.
    func suspend() {
        endwin()
        cn_restore()
    }

    func resume() {
        cn_taken()
        reset_prog_mode()
        Terminal.write(Terminal.mouseOn)
        cn_redraw_all()
        shown = nil
    }

    /// Gives the terminal back for good.
    func close() {
        endwin()
        cn_restore()
    }

    private func put(_ cell: Cell, row: Int, column: Int) {
        let appearance = palette.appearance(cell.style, on: cell.ground)
        let scalar = glyphs.shown(cell.scalar)
        let mark = glyphs == .unicode ? cell.mark : 0
        cn_put(Int32(row), Int32(column), scalar, mark, attributes(appearance), pair(appearance))
    }

    private func attributes(_ appearance: Palette.Appearance) -> UInt32 {
        var bits: UInt32 = 0
        if appearance.attributes.contains(.bold) { bits |= cn_bold() }
        if appearance.attributes.contains(.dim) { bits |= cn_dim() }
        if appearance.attributes.contains(.underline) { bits |= cn_underline() }
        if appearance.attributes.contains(.reverse) { bits |= cn_reverse() }
        return bits
    }

    private func pair(_ appearance: Palette.Appearance) -> Int32 {
        let key = [appearance.foreground, appearance.background]
        guard key != [nil, nil] else { return 0 }
        if let known = pairs[key] { return known }
        let pair = Int32(pairs.count + 1)
        init_pair(Int16(pair), appearance.foreground ?? -1, appearance.background ?? -1)
        pairs[key] = pair
        return pair
    }

    /// Where the environment says nothing of a locale, as in a container, a terminal of today still is UTF-8; a
    /// multiplexer without a locale is not.
    private static func useLocale(_ environment: [String: String]) {
        let isSilent = ["LC_ALL", "LC_CTYPE", "LANG"].allSatisfy { environment[$0, default: ""].isEmpty }
        let isMultiplexed = environment["TMUX"] != nil || environment["STY"] != nil
        setlocale(LC_ALL, "")
        if isSilent, !isMultiplexed { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// Clicks and the wheel, told in the SGR form, which knows columns beyond 223; pasted text with marks around it.
    private static let mouseOn = "\u{1b}[?1000h\u{1b}[?1006h\u{1b}[?2004h"

    private static func write(_ sequence: String) {
        let bytes = Array(sequence.utf8)
        _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count)
    }
}
