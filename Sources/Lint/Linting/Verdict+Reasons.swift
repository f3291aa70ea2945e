/// Why there is no verdict: the same words for the same cause, so that a tally counts them together.
extension Verdict {
    /// What is missing in the recording might have been what the rule looks for.
    static let incomplete = Verdict.notApplicable("not all frames are known")
    /// The connection was over, or the recording, before there was anything to see.
    static func tooShort(_ needed: Int64) -> Verdict { .notApplicable("shorter than \(Words.duration(needed))") }
}
