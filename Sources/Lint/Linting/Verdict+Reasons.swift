/// Why there is no verdict: the same words for the same cause, so that a tally counts them together.
extension Verdict {
    /// What is missing in the recording might have been what the rule looks for.
    static let incomplete = Verdict.notApplicable(Unjudged.incomplete)
    /// What came before, the opening handshake for one, is not in the recording.
    static let midstream = Verdict.notApplicable(Unjudged.midstream)
    static let noRequest = Verdict.notApplicable(Unjudged.noRequest)
    static let noAnswer = Verdict.notApplicable(Unjudged.noAnswer)
    /// The server refused the opening handshake.
    static let notEstablished = Verdict.notApplicable(Unjudged.notEstablished)
    static let unknownExtension = Verdict.notApplicable(Unjudged.extensions)
    /// A side broke the protocol, and the other one ended the connection, as it must.
    static let failed = Verdict.notApplicable(Unjudged.failed)
    /// What is wrong follows from something that another rule tells.
    static let otherCause = Verdict.notApplicable(Unjudged.otherCause)
    static let notOver = Verdict.notApplicable(Unjudged.open)
    /// The connection was over, or the recording, before there was anything to see.
    static func tooShort(_ needed: Int64) -> Verdict { .notApplicable("shorter than \(Words.duration(needed))") }
}
