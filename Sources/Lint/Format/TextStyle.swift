/// How text for people looks: columns, and whether a terminal shows it in colour.
package struct TextStyle: Hashable, Sendable {
    package let width: Int
    package let isColoured: Bool

    package init(width: Int = 80, isColoured: Bool = false) {
        self.width = width
        self.isColoured = isColoured
    }

    enum Ink: String {
        case bold = "1", dim = "2", red = "1;31", yellow = "1;33", cyan = "1;36", green = "32"
    }

    func paint(_ text: String, _ ink: Ink) -> String {
        isColoured && !text.isEmpty ? "\u{1b}[\(ink.rawValue)m\(text)\u{1b}[0m" : text
    }

    func paint(_ severity: Severity) -> String { paint(severity.rawValue, TextStyle.ink(of: severity)) }

    static func ink(of severity: Severity) -> Ink {
        switch severity {
        case .error: .red
        case .warning: .yellow
        case .note: .cyan
        }
    }
}
