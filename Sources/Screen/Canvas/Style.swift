/// What a piece of text means on the screen; a `Palette` turns it into colours and attributes.
enum Style: UInt8, Hashable, Sendable, CaseIterable {
    case text
    /// Known already, or secondary.
    case dim
    /// What the eye shall land on.
    case strong
    /// Arrived since the last look.
    case changed
    /// Which endpoint sent it. It also has a side of the ladder, and a word.
    case client, server
    /// Always beside ✓, ✗ or !.
    case verdictGood, verdictBad, verdictWarning
    /// The name of a key in the bottom line and in the help.
    case key
    /// Lines that separate.
    case rule
    /// The place or view that is open, in a list of them.
    case current
    /// In running text.
    case emphasis, code
    /// In a JSON text: a member's name, and everything that is no string.
    case jsonName, jsonLiteral
}

/// What lies beneath a piece of text.
enum Ground: UInt8, Hashable, Sendable, CaseIterable {
    case plain
    /// The selected row of the panel that has the keys.
    case selected
    /// The selected row of another panel.
    case marked
    /// The selected field or byte.
    case field
}
