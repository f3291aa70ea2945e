/// The head of an HTTP/1.1 request or response exactly as it came, RFC 9112 §2: the start line, the header fields,
/// the blank line.
///
/// Total: any bytes make a head. What breaks the grammar is in `faults`, and judged by `OpeningHandshake`.
package struct HTTPHead: Hashable, Sendable {
    package enum StartLine: Hashable, Sendable {
        case request(method: String, target: String, version: String)
        case response(version: String, status: Int, phrase: String)
        case malformed
    }

    package let bytes: [UInt8]
    package let startLine: StartLine
    package let fields: [HeaderField]
    /// Breaches of the grammar in words, with the number of the line; never text of the peer.
    package let faults: [String]

    package init(_ bytes: [UInt8]) {
        var parser = HTTPHeadParser(bytes)
        parser.parse()
        self.bytes = bytes
        startLine = parser.startLine
        fields = parser.fields
        faults = parser.faults
    }

    /// The values of every field of that name, in their order.
    package func values(_ name: String) -> [String] {
        fields.lazy.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// The elements of the comma-separated lists in all fields of that name, without the empty ones.
    package func tokens(_ name: String) -> [String] {
        values(name).flatMap(\.listElements).filter { !$0.isEmpty }
    }

    /// Whether a list of that name holds `token`, without regard to case.
    package func contains(_ token: String, in name: String) -> Bool {
        tokens(name).contains { $0.equalsIgnoringCase(token) }
    }

    /// Whether it asks for WebSocket, however badly: enough to judge it as an opening handshake.
    package var isUpgradeRequest: Bool {
        guard case .request = startLine else { return false }
        return contains("websocket", in: "Upgrade") || fields.contains { HTTPHead.isWebSocketField($0.name) }
    }

    private static func isWebSocketField(_ name: String) -> Bool {
        String(name.prefix(14)).equalsIgnoringCase("Sec-WebSocket-")
    }
}

extension HTTPHead {
    /// The request's target; nil for anything else.
    package var target: String? {
        if case .request(_, let target, _) = startLine { target } else { nil }
    }

    /// The response's status; nil for anything else.
    package var status: Int? {
        if case .response(_, let status, _) = startLine { status } else { nil }
    }
}
