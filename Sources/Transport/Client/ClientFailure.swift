import Connection
import Wire

/// Why there is no connection, for a person.
extension TransportError {
    static func opening(_ url: WebSocketURL, _ endpoint: borrowing Endpoint, _ end: TCPEnd) -> TransportError {
        func error(_ why: String, _ advice: String) -> TransportError {
            TransportError(what: "cannot connect to \(url)", why: why, advice: advice)
        }
        if let cause = end.error { return .connecting(to: url.address, cause) }
        switch endpoint.failure {
        case .refused(let status):
            let reason = endpoint.response.flatMap { response in
                endpoint.request.flatMap { OpeningHandshake.refusal(in: response, to: $0) }
            }
            var refused = error(
                "the server answered \(reason ?? "no 101")", "check the path and what the server wants")
            refused.refusal = status
            return refused
        case .handshake(let broken):
            let reasons = broken.map { "\($0.text) (\($0.section))" }.joined(separator: "; ")
            return error("the server's answer is no good handshake: \(reasons)", "this is for the server to mend")
        case .notHTTP: return error("the answer is no HTTP", "check the port, and whether it is ws or wss")
        case .headTooLarge(let kind): return error("\(kind)", "this is for the server to mend")
        case .handshakeTimeout: return error("no answer to the request in time", "check that it is a WebSocket server")
        case .violation, .answered, .pongTimeout, .closeTimeout, .connectionLost, nil:
            return error("the server closed the connection before it answered", "check the port, and ws or wss")
        }
    }
}

extension ClientEnding {
    init(_ endpoint: borrowing Endpoint, _ end: TCPEnd) {
        sent = endpoint.closeSent
        received = endpoint.closeReceived
        code = endpoint.closeCode
        isClean = endpoint.isClosingHandshakeComplete && end.resetBy == nil
        failure = endpoint.failure?.explanation
        tcp = end.text
    }
}

extension TCPEnd {
    /// In a few words, from the client's place.
    fileprivate var text: String {
        if let resetBy { return "RST from the \(resetBy)" }
        switch (hasPeerFinished, hasFinished) {
        case (true, true): return "FIN from both"
        case (true, false): return "FIN from the server"
        case (false, true): return "FIN from the client"
        case (false, false): return error.map { "lost: \($0)" } ?? "lost"
        }
    }
}

extension Failure {
    /// One line for a person; nil where there is nothing to add.
    package var explanation: String {
        switch self {
        case .violation(let violation): "the peer broke a rule: \(violation)"
        case .handshake(let demands): demands.map(\.text).joined(separator: "; ")
        case .refused(let status): "the server answered \(status)"
        case .answered(let status): "the request was answered with \(status)"
        case .headTooLarge(let kind): "\(kind)"
        case .notHTTP: "this is no HTTP"
        case .handshakeTimeout: "the opening handshake took too long"
        case .pongTimeout: "no Pong came"
        case .closeTimeout: "the Close was not answered"
        case .connectionLost: "the connection ended without a Close"
        }
    }
}
