/// A key or a pair of keys with what they do: the one place that input, bottom line, help and the README's key table
/// read.
struct Binding {
    /// The keys as they are shown, such as "↑↓".
    let sign: String
    /// One word for the bottom line.
    let name: String
    /// For the help.
    let description: String
    let actions: [(key: Key, action: Action)]
    /// Its place in the bottom line, the lowest first; nil: it has none.
    let rank: Int?
    /// Why it does nothing now; nil where it does.
    let whyDisabled: (Watch) -> String?

    init(
        _ sign: String, _ name: String, _ description: String, _ actions: [(key: Key, action: Action)],
        rank: Int? = nil, whyDisabled: @escaping (Watch) -> String? = { _ in nil }
    ) {
        self.sign = sign
        self.name = name
        self.description = description
        self.actions = actions
        self.rank = rank
        self.whyDisabled = whyDisabled
    }

    init(
        _ key: Key, _ name: String, _ description: String, _ action: Action, rank: Int? = nil,
        whyDisabled: @escaping (Watch) -> String? = { _ in nil }
    ) {
        self.init(
            key.description, name, description, [(key, action)], rank: rank, whyDisabled: whyDisabled)
    }
}
