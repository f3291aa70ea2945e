/// Which characters a terminal can show; what it cannot is replaced one for one, so that columns stay.
enum Glyphs: Hashable, Sendable {
    case unicode
    /// The Linux console: 256 glyphs, of which Latin-1 and simple lines are the ones to count on.
    case console
    case ascii

    /// - Parameter isUTF8: The locale writes characters as UTF-8.
    init(terminal: String, isUTF8: Bool) {
        self = !isUTF8 ? .ascii : terminal == "linux" ? .console : .unicode
    }

    func shown(_ scalar: UInt32) -> UInt32 {
        switch self {
        case .unicode: scalar
        case .console: Glyphs.isOnConsole(scalar) ? scalar : Glyphs.ascii(scalar)
        case .ascii: Glyphs.ascii(scalar)
        }
    }

    private static func isOnConsole(_ scalar: UInt32) -> Bool {
        switch scalar {
        case ..<0x7f, 0xa1..<0x100, 0x2190...0x2193: true
        case 0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518, 0x251c, 0x2524, 0x252c, 0x2534, 0x253c: true
        default: false
        }
    }

    private static func ascii(_ scalar: UInt32) -> UInt32 {
        if scalar < 0x7f { return scalar }
        let character = Unicode.Scalar(scalar).flatMap { substitutes[$0] }
        return (character ?? "?").value
    }

    private static let substitutes: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs: [(String, Unicode.Scalar)] = [
            ("─┄┈╌–—‐−▔╸", "-"), ("│┃┆┊", "|"), ("┌┐└┘├┤┬┴┼╭╮╯╰", "+"), ("═━", "="),
            ("▸▶→►", ">"), ("◂◀←◄", "<"), ("↑▲", "^"), ("↓▼", "v"),
            ("✓", "+"), ("✗×", "x"), ("·", "."), ("●•◆♦", "*"), ("○", "o"), ("‖", "="), ("♥", "*"), ("…", "~"),
            ("⊕", "^"),
            ("≠‼", "!"),
            ("▁▂", "_"), ("▃▄", "-"), ("▅▆", "="), ("▇█", "#"), ("░", ":"), ("▒", "="), ("▓", "%"), ("↪", ">"),
            ("⚑", "*"), ("“”", "\""), ("‘’", "'"), ("§", "s"), ("µ", "u"),
            ("\u{a0}", " "),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (from, to) in pairs { for scalar in from.unicodeScalars { table[scalar] = to } }
        return table
    }()
}
