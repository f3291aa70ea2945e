/// Turns what a text means into colours and attributes: for 256, 16, 8 colours or none, on dark or light.
struct Palette: Hashable, Sendable {
    enum Depth: Hashable, Sendable {
        /// NO_COLOR, or a terminal that has none: attributes only.
        case none
        case eight, sixteen, many

        init(colors: Int) {
            self = colors >= 256 ? .many : colors >= 16 ? .sixteen : colors >= 8 ? .eight : .none
        }
    }

    struct Attributes: OptionSet, Hashable, Sendable {
        let rawValue: UInt8
        static let bold = Attributes(rawValue: 1)
        static let dim = Attributes(rawValue: 2)
        static let underline = Attributes(rawValue: 4)
        static let reverse = Attributes(rawValue: 8)
    }

    /// A colour of nil is the terminal's own.
    struct Appearance: Hashable, Sendable {
        var foreground: Int16?
        var background: Int16?
        var attributes: Attributes = []
    }

    var depth: Depth
    var isLight: Bool

    func appearance(_ style: Style, on ground: Ground) -> Appearance {
        var result = Appearance(foreground: foreground(style), attributes: attributes(style))
        switch ground {
        case .plain: break
        case .selected, .marked, .field: lay(ground, under: &result)
        }
        return result
    }

    private func lay(_ ground: Ground, under result: inout Appearance) {
        switch depth {
        case .many:
            result.background = groundColor(ground)
            if ground == .field { result.attributes.insert(.bold) }
        case .none, .eight, .sixteen:
            // Reversed colours are read badly; reversed black on white, or the other way round, well.
            result = Appearance(attributes: ground == .marked ? .bold : .reverse)
        }
    }

    private func groundColor(_ ground: Ground) -> Int16? {
        switch ground {
        case .plain: nil
        case .selected: isLight ? 153 : 24
        case .marked: isLight ? 254 : 236
        case .field: isLight ? 223 : 94
        }
    }

    private func foreground(_ style: Style) -> Int16? {
        switch depth {
        case .none: nil
        case .many: isLight ? Palette.light(style) : Palette.dark(style)
        case .sixteen, .eight: basic(style)
        }
    }

    private static func dark(_ style: Style) -> Int16? {
        switch style {
        case .text: nil
        case .dim: 245
        case .strong, .changed, .current, .emphasis: 231
        case .code: 152
        case .client: 80
        case .server: 215
        case .verdictGood: 114
        case .verdictBad: 210
        case .verdictWarning: 221
        case .key: 252
        case .rule: 240
        case .jsonName: 80
        case .jsonLiteral: 215
        }
    }

    private static func light(_ style: Style) -> Int16? {
        switch style {
        case .text: nil
        case .dim: 242
        case .strong, .changed, .current, .emphasis: 16
        case .code: 25
        case .client: 24
        case .server: 130
        case .verdictGood: 28
        case .verdictBad: 160
        case .verdictWarning: 94
        case .key: 235
        case .rule: 250
        case .jsonName: 24
        case .jsonLiteral: 130
        }
    }

    private func basic(_ style: Style) -> Int16? {
        switch style {
        case .text, .strong, .changed, .key, .current, .emphasis: nil
        case .dim, .rule: depth == .sixteen ? 8 : nil
        case .client, .jsonName, .code: isLight ? 4 : 6
        case .server, .jsonLiteral: isLight ? 5 : 3
        case .verdictGood: 2
        case .verdictBad: 1
        case .verdictWarning: isLight ? 5 : 3
        }
    }

    private func attributes(_ style: Style) -> Attributes {
        switch style {
        case .strong, .changed, .key, .verdictBad: .bold
        case .emphasis: depth == .many ? [] : .underline
        case .code: depth == .none ? .bold : []
        case .current: depth == .none ? [.bold, .underline] : .bold
        case .dim, .rule: depth == .none || depth == .eight ? .dim : []
        case .text, .client, .server, .verdictGood, .verdictWarning, .jsonName, .jsonLiteral: []
        }
    }
}

extension Palette {
    /// What a terminal's surroundings say of it, before it has answered for itself.
    ///
    /// - Parameter colors: How many colours terminfo promises.
    init(environment: [String: String], colors: Int) {
        let wantsNone = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        depth = wantsNone ? .none : Depth(colors: colors)
        // "15;0": the foreground's and the background's colour of sixteen.
        let background = environment["COLORFGBG"]?.split(separator: ";").last.flatMap { Int($0) }
        isLight = background.map { $0 == 7 || (9...15).contains($0) } ?? false
    }

    /// Whether a background of these parts, each 0…255, is light.
    static func isLight(red: UInt8, green: UInt8, blue: UInt8) -> Bool {
        299 * Int(red) + 587 * Int(green) + 114 * Int(blue) > 128_000
    }
}
