import Wire

/// Every rule in a line or two, by area.
package struct RuleTable {
    private let style: TextStyle

    package init(style: TextStyle) { self.style = style }

    package var text: String {
        let areas = Area.allCases.filter { !$0.rules.isEmpty }.map { area in
            ([style.paint(area.title, .bold)] + area.rules.flatMap(row)).joined(separator: "\n")
        }
        return areas.joined(separator: "\n\n") + "\n\nOne of them: ws101 explain L01\n"
    }

    private func row(_ page: RulePage) -> [String] {
        let names = AllRules.list.map { $0.page.slug.count }.max() ?? 0
        let ways = Way.allCases.map { page.ways.contains($0) ? $0.letter : "·" }.joined()
        let plain = "  \(page.code) \(page.slug.padded(to: names))  \(page.severity.rawValue.padded(to: 7))  \(ways)  "
        let front =
            "  \(page.code) \(page.slug.padded(to: names))  "
            + style.paint(page.severity.rawValue.padded(to: 7), TextStyle.ink(of: page.severity)) + "  \(ways)  "
        let says = page.says + (page.isPedantic ? " (pedantic)" : "")
        let room = style.width - plain.count
        // Where the columns leave too little, the sentence stands in lines of its own.
        guard room >= 40 else {
            return [String(front.trimmedAtEnd)] + says.wrapped(to: max(30, style.width - 6)).map { "      \($0)" }
        }
        return says.wrapped(to: room).enumerated().map { index, line in
            (index == 0 ? front : String(repeating: " ", count: plain.count)) + line
        }
    }
}

extension Way {
    /// For a narrow column: traffic, probe, source.
    fileprivate var letter: String {
        switch self {
        case .wire: "t"
        case .probe: "p"
        case .source: "s"
        }
    }
}
