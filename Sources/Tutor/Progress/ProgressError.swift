/// Why the progress cannot be read or written: what happened and what to do next.
package struct ProgressError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        case cannotOpen, newer, full, readOnly, damaged, busy, badImport, other
    }

    package let kind: Kind
    /// What happened.
    package let what: String
    /// The next step for the person.
    package let advice: String

    package init(_ kind: Kind, _ what: String, advice: String) {
        self.kind = kind
        self.what = what
        self.advice = advice
    }

    package var description: String { "\(what)\n       \(advice)" }
}
