/// Why there is no verdict, in words: the same for the same cause.
enum Unjudged {
    static let midstream = "the recording begins inside the connection"
    static let incomplete = "not all frames are known"
    static let noRequest = "the request is not in the recording"
    static let noAnswer = "the request was not answered"
    static let notEstablished = "not established"
    static let extensions = "an extension that is not known here"
    static let failed = "a side broke the protocol, and the connection failed"
    static let otherCause = "another rule tells the cause"
    static let open = "not over in the recording"
}
