/// What can be asked for in each of the places Learn, Quiz and Progress.
enum CommonAction: Hashable {
    /// Lines or entries up (negative) or down.
    case move(Int)
    case page(Int)
    case first, last
    case back, help, quit, suspend, redraw
}

/// The keys that those places share.
enum CommonKeys {
    static func moving<Model, Act>(
        _ name: String, _ what: String, rank: Int? = nil, _ wrap: (CommonAction) -> Act
    ) -> [KeyBinding<Model, Act>] {
        [
            KeyBinding(
                "↑↓", name, "\(what) above, \(what) below",
                [
                    (.up, wrap(.move(-1))), (.down, wrap(.move(1))), (.character("k"), wrap(.move(-1))),
                    (.character("j"), wrap(.move(1))),
                ], rank: rank),
            paging(wrap),
            KeyBinding(
                "g G", "ends", "the first, the last",
                [
                    (.character("g"), wrap(.first)), (.home, wrap(.first)), (.character("G"), wrap(.last)),
                    (.end, wrap(.last)),
                ]),
        ]
    }

    static func paging<Model, Act>(_ wrap: (CommonAction) -> Act) -> KeyBinding<Model, Act> {
        KeyBinding(
            "PgUp PgDn", "page", "a page up, a page down",
            [
                (.pageUp, wrap(.page(-1))), (.pageDown, wrap(.page(1))), (.control("b"), wrap(.page(-1))),
                (.control("f"), wrap(.page(1))),
            ])
    }

    static func everywhere<Model, Act>(_ quit: String, _ wrap: (CommonAction) -> Act) -> [KeyBinding<Model, Act>] {
        [
            KeyBinding("^L", "redraw", "draw everything anew", [(.control("l"), wrap(.redraw))]),
            KeyBinding("^Z", "suspend", "back to the shell until fg", [(.control("z"), wrap(.suspend))]),
            KeyBinding(.character("?"), "keys", "this list, and back", wrap(.help), rank: 98),
            KeyBinding(
                "q ^C", "quit", quit, [(.character("q"), wrap(.quit)), (.control("c"), wrap(.quit))], rank: 99),
        ]
    }

    /// The keys while one types, for the help.
    static let typing: [(sign: String, text: String)] = [
        ("←→ ^←^→", "a character, a word to the left or right"), ("Home End", "the beginning of the line, its end"),
        ("^W ^U ^K", "delete a word, to the beginning of the line, to its end"),
        ("Enter", "of one line: done; of a longer text: a new line"), ("^D", "done"),
        ("Esc", "stop typing; what is typed stays"),
    ]
}

extension KeyBinding {
    /// The first of these that has a key wins.
    static func find(_ key: Key, among bindings: [KeyBinding]) -> (binding: KeyBinding, action: Act)? {
        for binding in bindings {
            if let match = binding.actions.first(where: { $0.key == key }) { return (binding, match.action) }
        }
        return nil
    }
}
