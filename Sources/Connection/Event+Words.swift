/// Words for people.
extension Event.Undecoded {
    package var explanation: String {
        switch self {
        case .notHTTP: "not HTTP, so no WebSocket connection"
        case .headTooLarge(let kind): "\(kind)"
        case .otherProtocol: "HTTP went over to another protocol"
        case .midstream: "the recording begins inside the connection"
        case .afterHole: "bytes are missing, and nothing tells where the next frame begins"
        case .beforeAnswer: "the opening handshake was never answered"
        case .afterEnd: "sent after its own FIN"
        case .cutHeader: "a header that was cut off"
        }
    }
}

extension Event.Truncation {
    package var explanation: String {
        switch self {
        case .limit: "larger than what is kept"
        case .notInflated: "cannot be inflated"
        case .hole: "bytes are missing in the recording"
        case .unfinished: "its last frame never came"
        }
    }
}
