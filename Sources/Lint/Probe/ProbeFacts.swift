import Connection
import Wire

/// What the steps have learned of the server.
package struct ProbeFacts {
    /// Whether it answers Pings at all; a server that does not is seen to be healthy by its handshake alone.
    package var answersPings = true
    /// Of a Ping, in nanoseconds.
    package var roundTrip: Int64?
    /// Whether it agrees to permessage-deflate.
    package var deflates = false
    /// Messages and close reasons that were heard.
    private(set) var texts = 0
    /// A request that was begun and never ended, and when.
    var half: (connection: ProbeConnection, since: Timestamp)?
    /// What it said that it should keep to itself, at most one of a kind.
    private(set) var leaks: [Leak] = []

    package init() {}

    mutating func hear(_ frame: HeardFrame) {
        switch frame.header.opcode {
        case .text, .continuation, .binary: hear(frame.text, in: "a message")
        case .close: hear(ClosePayload(frame.payload.span).reason, in: "a close reason")
        case .ping, .pong, .reserved: break
        }
    }

    private mutating func hear(_ text: String, in place: String) {
        texts += 1
        guard let leak = Leak(text, in: place), !leaks.contains(where: { $0.kind == leak.kind }) else { return }
        leaks.append(leak)
    }
}
