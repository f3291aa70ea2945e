import Connection
import Wire

/// What the steps have learned of the server.
package struct ProbeFacts {
    /// Whether it answers Pings at all; a server that does not is seen to be healthy by its handshake alone.
    var answersPings = true
    /// Whether it agrees to permessage-deflate; nil where nobody asked yet.
    var deflates: Bool?
    /// What was begun in one step and is looked at in a later one, by rule.
    var pending: [RuleCode: Pending] = [:]
    /// Texts and close reasons that were heard.
    private(set) var texts = 0
    /// What it said that it should keep to itself, one of a kind.
    private(set) var leaks: [Leak] = []

    struct Pending {
        let connection: ProbeConnection
        let since: Timestamp
    }

    mutating func hear(_ frame: HeardFrame) {
        switch frame.header.opcode {
        case .text where !frame.header.rsv1: hear(frame.payload.span)
        case .close: if frame.payload.count > 2 { hear(frame.payload.span.extracting(droppingFirst: 2)) }
        case .text, .continuation, .binary, .ping, .pong, .reserved: break
        }
    }

    private mutating func hear(_ text: Span<UInt8>) {
        texts += 1
        for leak in Leak.all(in: text) where !leaks.contains(where: { $0.kind == leak.kind }) { leaks.append(leak) }
    }
}
