/// Why there is no verdict: the same words for the same cause, so that a tally counts them together.
extension Verdict {
    /// What is missing in the recording might have been what the rule looks for.
    static let incomplete = Verdict.notApplicable("not all frames are known")
    /// What came before, the opening handshake for one, is not in the recording.
    static let midstream = Verdict.notApplicable("the recording begins inside the connection")
    static let noRequest = Verdict.notApplicable("the request is not in the recording")
    static let noAnswer = Verdict.notApplicable("the request was not answered")
    /// The server refused the opening handshake.
    static let notEstablished = Verdict.notApplicable("not established")
    static let unknownExtension = Verdict.notApplicable("an extension that is not known here")
    /// A side broke the protocol, and the other one ended the connection, as it must.
    static let failed = Verdict.notApplicable("a side broke the protocol, and the connection failed")
    static let notOver = Verdict.notApplicable("not over in the recording")
    /// The connection was over, or the recording, before there was anything to see.
    static func tooShort(_ needed: Int64) -> Verdict { .notApplicable("shorter than \(Words.duration(needed))") }
}
