/// A key or a pair of keys with what they do in one of the places: the one place that input, bottom line, help and the
/// README's key table read.
struct KeyBinding<Model, Act: Hashable> {
    /// The keys as they are shown, such as "↑↓".
    let sign: String
    /// One word for the bottom line.
    let name: String
    /// For the help.
    let description: String
    let actions: [(key: Key, action: Act)]
    /// Its place in the bottom line, the lowest first; nil: it has none.
    let rank: Int?
    /// Why it does nothing now; nil where it does.
    let whyDisabled: (Model) -> String?

    init(
        _ sign: String, _ name: String, _ description: String, _ actions: [(key: Key, action: Act)],
        rank: Int? = nil, whyDisabled: @escaping (Model) -> String? = { _ in nil }
    ) {
        self.sign = sign
        self.name = name
        self.description = description
        self.actions = actions
        self.rank = rank
        self.whyDisabled = whyDisabled
    }

    init(
        _ key: Key, _ name: String, _ description: String, _ action: Act, rank: Int? = nil,
        whyDisabled: @escaping (Model) -> String? = { _ in nil }
    ) {
        self.init(
            key.description, name, description, [(key, action)], rank: rank, whyDisabled: whyDisabled)
    }
}

/// A key of the place Watch.
typealias Binding = KeyBinding<Watch, Action>

/// Bindings under a heading, as the help and the README show them.
struct KeySection {
    struct Entry {
        let sign: String
        let text: String
        /// It does nothing now.
        let isDisabled: Bool
    }

    let title: String
    let entries: [Entry]

    init<Model, Act>(_ title: String, _ bindings: [KeyBinding<Model, Act>], in model: Model? = nil) {
        self.title = title
        entries = bindings.map { binding in
            let reason = model.flatMap(binding.whyDisabled)
            return Entry(
                sign: binding.sign, text: binding.description + (reason.map { " (\($0))" } ?? ""),
                isDisabled: reason != nil)
        }
    }

    /// Keys that are no bindings, such as those of a text that is typed.
    init(_ title: String, _ keys: [(sign: String, text: String)]) {
        self.title = title
        entries = keys.map { Entry(sign: $0.sign, text: $0.text, isDisabled: false) }
    }
}
