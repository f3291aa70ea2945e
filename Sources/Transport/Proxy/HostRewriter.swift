import Connection
package import NIOCore
import Wire

/// Puts the upstream's authority in place of the Host of every request, and of an Origin that names the same host, for
/// servers that tell virtual hosts apart by them. Every other byte passes as it came.
///
/// Follows the requests of a connection as far as they are HTTP: a frame's first two bytes never begin a request, so
/// from the first frame on everything passes untouched.
package struct HostRewriter {
    private enum State {
        case head(HTTPHeadDecoder)
        case body(HTTPBody)
        case tunnel
    }

    private let upstream: WebSocketURL
    private var state = State.head(HostRewriter.decoder)

    private static let decoder = HTTPHeadDecoder(limits: HTTPLimits(bytes: 1 << 16, line: 1 << 16, fields: 1000))

    package init(upstream: WebSocketURL) { self.upstream = upstream }

    /// What goes to the upstream for `bytes`; the beginning of a head is held back until the head is whole.
    ///
    /// - Parameter effect: Called with what was changed.
    package mutating func rewrite(_ bytes: ByteBuffer, effect: (String) -> Void) -> ByteBuffer {
        if case .tunnel = state { return bytes }
        let input = Array(bytes.readableBytesView)
        var output = ByteBuffer()
        var offset = 0
        while offset < input.count { step(input, &offset, into: &output, effect) }
        return output
    }

    /// What was held back, when no more follows.
    package mutating func rest() -> ByteBuffer {
        guard case .head(let decoder) = state else { return ByteBuffer() }
        state = .tunnel
        return ByteBuffer(bytes: decoder.pending)
    }

    private mutating func step(
        _ input: [UInt8], _ offset: inout Int, into output: inout ByteBuffer, _ effect: (String) -> Void
    ) {
        let start = offset
        switch state {
        case .tunnel:
            offset = input.count
            output.writeBytes(input[start...])
        case .body(var body):
            body.read(input.span, at: &offset)
            output.writeBytes(input[start..<offset])
            state = body.isDone ? .head(HostRewriter.decoder) : .body(body)
        case .head(var decoder):
            switch decoder.next(input.span, at: &offset) {
            case nil: state = .head(decoder)
            case .notHTTP, .tooLarge:
                output.writeBytes(decoder.pending)
                state = .tunnel
            case .head(let head):
                output.writeBytes(rewritten(head, effect))
                let body = HTTPBody.request(head)
                state = body.isDone ? .head(HostRewriter.decoder) : .body(body)
            }
        }
    }

    private func rewritten(_ head: HTTPHead, _ effect: (String) -> Void) -> [UInt8] {
        guard let host = head.values("Host").first else { return head.bytes }
        let origin = "\(upstream.isTLS ? "https" : "http")://\(upstream.authority)"
        var bytes = head.bytes
        var changes: [String] = []
        for field in head.fields.reversed() {
            let value: String
            if field.name.equalsIgnoringCase("Host") {
                value = upstream.authority
            } else if field.name.equalsIgnoringCase("Origin"), field.value.names(host) {
                value = origin
            } else {
                continue
            }
            guard value != field.value else { continue }
            bytes.replaceSubrange(field.bytes, with: "\(field.name): \(value)".utf8)
            changes.insert("\(field.name) \(SafeText.escape(field.value)) became \(value)", at: 0)
        }
        if !changes.isEmpty { effect("towards the server, \(changes.joined(separator: ", "))") }
        return bytes
    }
}

extension String {
    /// Whether an origin has this host and port.
    fileprivate func names(_ host: String) -> Bool {
        equalsIgnoringCase("http://\(host)") || equalsIgnoringCase("https://\(host)")
    }
}
