/// A part of the screen. Owns nothing: draws what it is given, and tells the keys that mean something in it.
protocol Panel {
    static var bindings: [Binding] { get }
    func draw(on canvas: inout Canvas, in area: Rect)
}

/// A panel that may have more lines than there is room for.
protocol ScrollingPanel: Panel {
    /// How far it can be scrolled, in lines.
    func scrollLimit(in area: Rect) -> Int
}

extension Panel where Self: ScrollingPanel {
    /// For the title of a panel: how much of it is in view.
    static func progress(_ scroll: Int, visible: Int, of count: Int) -> String {
        count <= visible ? "" : "lines \(scroll + 1)–\(min(count, scroll + visible)) of \(count)"
    }
}

/// The keys by which every open panel is scrolled and left.
enum ScrollBindings {
    static let all = [
        Binding(
            "↑↓", "scroll", "a line up, a line down",
            [(.up, .move(-1)), (.down, .move(1)), (.character("k"), .move(-1)), (.character("j"), .move(1))],
            rank: 1),
        Binding(
            "PgUp PgDn", "page", "a page up, a page down",
            [
                (.pageUp, .page(-1)), (.pageDown, .page(1)), (.control("b"), .page(-1)), (.control("f"), .page(1)),
                (.control("u"), .page(-1)), (.control("d"), .page(1)),
            ]),
        Binding(
            "g G", "ends", "the first line, the last",
            [(.character("g"), .first), (.home, .first), (.character("G"), .last), (.end, .last)]),
        Binding(.escape, "back", "close what is open", .back, rank: 4),
    ]
}
