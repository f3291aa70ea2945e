/// A text with `{{name}}` where something is missing.
package enum FillText {
    /// The names in their order.
    package static func names(in text: String) -> [String] {
        text.components(between: "{{", and: "}}").compactMap { part in
            if case .gap(let name) = part { name } else { nil }
        }
    }

    /// The text with something else in each gap.
    package static func filling(_ text: String, _ fill: (String) -> String) -> String {
        text.components(between: "{{", and: "}}").map { part in
            switch part {
            case .text(let text): text
            case .gap(let name): fill(name)
            }
        }.joined()
    }
}

extension String {
    fileprivate enum Part {
        case text(String)
        case gap(String)
    }

    fileprivate func components(between opening: String, and closing: String) -> [Part] {
        var parts: [Part] = []
        var rest = self[...]
        while let start = rest.firstRange(of: opening), let end = rest[start.upperBound...].firstRange(of: closing) {
            parts.append(.text(String(rest[..<start.lowerBound])))
            parts.append(.gap(String(rest[start.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        return parts + [.text(String(rest))]
    }
}
