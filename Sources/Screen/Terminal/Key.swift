/// What a person did at the keyboard or with the mouse.
enum Key: Hashable, Sendable {
    case character(Character)
    case control(Character)
    case up, down, left, right
    case home, end, pageUp, pageDown
    /// With Ctrl or Alt: by a word.
    case wordLeft, wordRight
    case tab, backTab, enter, escape, backspace, delete
    /// Text from the clipboard, which no line of is a command; lines end with \n.
    case paste(String)
    case click(row: Int, column: Int)
    case wheelUp(row: Int, column: Int)
    case wheelDown(row: Int, column: Int)
    /// No key: the terminal's answer to what its background is, each part 0…255.
    case background(red: UInt8, green: UInt8, blue: UInt8)
}

extension Key: CustomStringConvertible {
    /// The name as the bottom line, the help and the README's key table show it.
    var description: String {
        switch self {
        case .character(" "): "space"
        case .character(let character): String(character)
        case .control(let character): "^" + character.uppercased()
        case .up: "↑"
        case .down: "↓"
        case .left: "←"
        case .right: "→"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .wordLeft: "^←"
        case .wordRight: "^→"
        case .paste: "paste"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .enter: "Enter"
        case .escape: "Esc"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .click: "click"
        case .wheelUp, .wheelDown: "wheel"
        case .background: ""
        }
    }
}
