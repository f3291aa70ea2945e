import Foundation

/// Figures as bars of characters.
struct Bars {
    /// Blocks of eighths; ASCII where the locale has nothing else.
    let isUnicode: Bool

    /// As the locale says.
    static var ofLocale: Bars {
        setlocale(LC_ALL, "")
        let codeset = nl_langinfo(Int32(CODESET)).map { String(cString: UnsafePointer($0)) } ?? ""
        return Bars(isUnicode: codeset == "UTF-8")
    }

    /// Upright bars, `height` lines from the top down; the highest value fills all of them.
    func columns(_ values: [Int], height: Int, top: Int) -> [String] {
        let steps = isUnicode ? 8 : 2
        let levels = values.map { value in
            value == 0 ? 0 : max(1, (value * steps * height + max(top, 1) - 1) / max(top, 1))
        }
        return (0..<height).reversed().map { line in
            String(levels.map { glyph(max(0, min($0 - line * steps, steps))) })
        }
    }

    private func glyph(_ level: Int) -> Character {
        Array(isUnicode ? " ▁▂▃▄▅▆▇█" : " .#")[level]
    }

    /// A bar that lies, `width` columns for `top`.
    func row(_ value: Double, of top: Double, width: Int) -> String {
        guard value > 0, top > 0 else { return "" }
        let length = max(1, Int((value / top * Double(width)).rounded()))
        return String(repeating: isUnicode ? "█" : "#", count: min(length, width))
    }
}
