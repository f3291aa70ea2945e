/// One place of the canvas: a character of display width 1 or 2 with its style.
struct Cell: Hashable, Sendable {
    /// 0 in the second cell of a wide character.
    var scalar: UInt32 = 0x20
    /// A combining mark, or 0.
    var mark: UInt32 = 0
    var style = Style.text
    var ground = Ground.plain
}

extension Unicode.Scalar {
    /// How many columns of a terminal the character takes: 0, 1 or 2.
    var displayWidth: Int {
        switch value {
        case ..<0x300: 1
        case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff,
            0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff,
            0x1f900...0x1f9ff, 0x20000...0x3fffd:
            2
        default: isCombining ? 0 : properties.isEmojiPresentation ? 2 : 1
        }
    }

    private var isCombining: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    /// Whether it may reach a terminal: no control, no bidirectional or other format character, nothing unassigned.
    ///
    /// The second line of defence; `SafeText` has made these visible before.
    var isDrawable: Bool {
        if value < 0x7f { return value >= 0x20 }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// A combining mark that keeps the width of the character before it.
    var isMark: Bool {
        guard value >= 0x300, properties.generalCategory == .nonspacingMark else { return false }
        return !properties.isVariationSelector
    }
}

extension String {
    /// How many columns of a terminal the text takes.
    var displayWidth: Int {
        utf8.allSatisfy { $0 < 0x80 } ? utf8.count : unicodeScalars.reduce(0) { $0 + $1.displayWidth }
    }
}
