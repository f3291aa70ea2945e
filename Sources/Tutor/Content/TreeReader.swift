import Lint
import Wire

/// Turns a tree into values; whatever it does not know is an error, so that nothing is ignored silently.
struct TreeReader {
    let file: String

    func error(_ place: Tree.Place, _ what: String) -> ContentError { ContentError(file: file, at: place, what) }

    /// A mapping's members. Any other key than those is an error.
    func fields(of tree: Tree, _ what: String, keys: [String]) throws(ContentError) -> Fields {
        guard case .map(let entries, let place) = tree else {
            throw error(tree.place, "\(what) must be a mapping with the keys \(keys.joined(separator: ", "))")
        }
        var values: [String: Tree] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else { throw unknown(entry, keys) }
            guard values.updateValue(entry.value, forKey: entry.key) == nil else {
                throw error(entry.keyPlace, "the key \(entry.key) appears twice")
            }
        }
        return Fields(reader: self, what: what, place: place, values: values, order: entries.map(\.key))
    }

    private func unknown(_ entry: Tree.Entry, _ keys: [String]) -> ContentError {
        let hint = Closest.to(entry.key, in: keys).map { "; did you mean \($0)?" } ?? ""
        return error(
            entry.keyPlace, "unknown key \(shown(entry.key))\(hint) Keys here: \(keys.joined(separator: ", "))")
    }

    func list(_ tree: Tree, _ what: String) throws(ContentError) -> [Tree] {
        guard case .list(let values, _) = tree else { throw error(tree.place, "\(what) must be a list") }
        return values
    }

    /// The entries of a mapping with any keys.
    func entries(_ tree: Tree, _ what: String) throws(ContentError) -> [Tree.Entry] {
        guard case .map(let entries, _) = tree else { throw error(tree.place, "\(what) must be a mapping") }
        return entries
    }

    func text(_ tree: Tree, _ what: String) throws(ContentError) -> String {
        guard case .scalar(let text, _) = tree, !text.isEmpty else {
            throw error(tree.place, "\(what) must be text")
        }
        return text
    }

    func texts(_ tree: Tree, _ what: String) throws(ContentError) -> [String] {
        var texts: [String] = []
        for value in try list(tree, what) { texts.append(try text(value, what)) }
        return texts
    }

    func truth(_ tree: Tree, _ what: String) throws(ContentError) -> Bool {
        switch try text(tree, what) {
        case "true": return true
        case "false": return false
        case let other: throw error(tree.place, "\(what) must be true or false, not \(shown(other))")
        }
    }

    func number(_ tree: Tree, _ what: String) throws(ContentError) -> Double {
        let text = try text(tree, what)
        guard let number = Double(text), number.isFinite else {
            throw error(tree.place, "\(what) must be a number, not \(shown(text))")
        }
        return number
    }

    func whole(_ tree: Tree, _ what: String, in range: ClosedRange<Int>) throws(ContentError) -> Int {
        let text = try text(tree, what)
        guard let number = Int(text), range.contains(number) else {
            throw error(
                tree.place,
                "\(what) must be a number from \(range.lowerBound) to \(range.upperBound), not \(shown(text))"
            )
        }
        return number
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ tree: Tree, _ what: String, as type: Word.Type
    ) throws(ContentError) -> Word where Word.RawValue == String {
        let text = try text(tree, what)
        guard let word = Word(rawValue: text) else {
            throw unknownWord(text, tree, what, Word.allCases.map(\.rawValue))
        }
        return word
    }

    func unknownWord(_ text: String, _ tree: Tree, _ what: String, _ words: [String]) -> ContentError {
        let hint = Closest.to(text, in: words).map { "; did you mean \($0)?" } ?? ""
        return error(
            tree.place, "\(what) cannot be \(shown(text))\(hint) Allowed: \(words.joined(separator: ", "))")
    }

    func shown(_ text: String) -> String { SafeText.escape(String(text.prefix(60))) }

    /// The members of one mapping.
    struct Fields {
        let reader: TreeReader
        let what: String
        let place: Tree.Place
        let values: [String: Tree]
        /// The keys as they were written.
        let order: [String]

        subscript(key: String) -> Tree? { values[key] }

        func required(_ key: String) throws(ContentError) -> Tree {
            guard let value = values[key] else { throw reader.error(place, "\(what) lacks \(key)") }
            return value
        }

        func text(_ key: String) throws(ContentError) -> String { try reader.text(try required(key), key) }

        func optionalText(_ key: String) throws(ContentError) -> String? {
            guard let value = values[key] else { return nil }
            return try reader.text(value, key)
        }

        /// Empty where there are none.
        func texts(_ key: String) throws(ContentError) -> [String] {
            guard let value = values[key] else { return [] }
            return try reader.texts(value, key)
        }

        /// Each value of a list; empty where there is none.
        func map<Value>(
            _ key: String, _ transform: (Tree) throws(ContentError) -> Value
        ) throws(ContentError) -> [Value] {
            guard let value = values[key] else { return [] }
            var mapped: [Value] = []
            for part in try reader.list(value, key) { mapped.append(try transform(part)) }
            return mapped
        }
    }
}
