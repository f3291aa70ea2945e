/// Text inside XML or HTML.
package enum XMLText {
    /// For text and for values in double quotes; what XML cannot hold becomes U+FFFD.
    package static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t", " "..."\u{d7ff}", "\u{e000}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}":
                escaped.unicodeScalars.append(scalar)
            default: escaped += "\u{fffd}"
            }
        }
        return escaped
    }
}
