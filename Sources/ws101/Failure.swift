/// Why a command ends early: what happened, why, and what to do next.
struct Failure: Error, CustomStringConvertible {
    let status: Int32
    let what: String
    /// The next step for the person; may be empty.
    let next: String

    init(_ what: String, next: String = "", status: Int32 = Failure.couldNot) {
        self.status = status
        self.what = what
        self.next = next
    }

    var description: String { next.isEmpty ? "ws101: \(what)" : "ws101: \(what)\n       \(next)" }

    static let failedCheck: Int32 = 1
    static let wrongUse: Int32 = 2
    static let couldNot: Int32 = 3
    /// A program that this needs is not installed, or ws101 itself is broken.
    static let missing: Int32 = 4
}
