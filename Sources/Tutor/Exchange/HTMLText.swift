/// Text out of the simple HTML of cards.
enum HTMLText {
    static func plain(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let character = rest.popFirst() {
            switch character {
            case "<":
                guard let end = rest.firstIndex(of: ">") else {
                    text.append(character)
                    continue
                }
                text += breaks(rest[..<end])
                rest = rest[rest.index(after: end)...]
            case "&":
                guard let end = rest.prefix(8).firstIndex(of: ";"), let named = entity(rest[..<end]) else {
                    text.append(character)
                    continue
                }
                text += named
                rest = rest[rest.index(after: end)...]
            default: text.append(character)
            }
        }
        return text
    }

    private static func breaks(_ tag: Substring) -> String {
        let name = tag.lowercased().drop { $0 == "/" }.prefix { $0.isLetter }
        return ["br", "p", "div", "li", "pre", "ul"].contains(String(name)) ? "\n" : ""
    }

    private static func entity(_ name: Substring) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "nbsp": return " "
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(UnicodeScalar.init).map { String($0) }
        }
    }
}
