/// Bytes of one direction, in; one HTTP head, out.
///
/// Total and linear: every byte is looked at once, and the same bytes give the same step however they are cut. It
/// stops right behind the blank line, so that the frames which follow in the same read stay where they are.
package struct HTTPHeadDecoder: Sendable {
    package enum Step: Hashable, Sendable {
        case head(HTTPHead)
        case tooLarge(HTTPLimits.Kind)
        /// The bytes do not begin like HTTP: a TLS handshake, a frame without a handshake, another protocol.
        case notHTTP
    }

    /// What was taken so far, up to and with the byte that decided.
    package private(set) var pending: [UInt8] = []

    private let limits: HTTPLimits
    private var state = State.beforeStartLine
    private var lineStart = 0
    private var fieldCount = 0

    private enum State {
        /// Empty lines here are skipped: "a server … SHOULD ignore at least one empty line", RFC 9112 §2.2.
        case beforeStartLine
        /// In the method or the version of the start line, up to its first space.
        case firstWord
        case startLine, fields, finished
    }

    package init(limits: HTTPLimits = .default) {
        self.limits = limits
    }

    /// Whether a step was told; from then on no byte is taken.
    package var isFinished: Bool { state == .finished }

    /// The step that `bytes` complete, or nil when they are used up.
    package mutating func next(_ bytes: Span<UInt8>, at offset: inout Int) -> Step? {
        while offset < bytes.count, state != .finished {
            let byte = bytes[offset]
            offset += 1
            pending.append(byte)
            if let step = pending.count > limits.bytes ? .tooLarge(.bytes) : take(byte) {
                state = .finished
                return step
            }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Step? {
        if byte == 0x0a { return endLine() }
        let length = pending.count - lineStart
        if length > limits.line, byte != 0x0d || length > limits.line + 1 { return .tooLarge(.line) }
        switch state {
        case .beforeStartLine:
            if byte == 0x0d { return nil }
            state = .firstWord
            return byte.isTokenCharacter ? nil : .notHTTP
        case .firstWord:
            if byte.isBlank { state = .startLine }
            return byte.isTokenCharacter || byte == 0x2f || byte.isBlank ? nil : .notHTTP
        case .startLine:
            return byte.isFieldContent || byte == 0x0d ? nil : .notHTTP
        case .fields, .finished:
            return nil
        }
    }

    private mutating func endLine() -> Step? {
        var line = pending[lineStart..<(pending.count - 1)]
        if line.last == 0x0d { line.removeLast() }
        lineStart = pending.count
        switch state {
        case .beforeStartLine, .finished:
            return nil
        case .firstWord:
            return .notHTTP
        case .startLine:
            state = .fields
            return HTTPHeadDecoder.namesHTTP(line) ? nil : .notHTTP
        case .fields:
            if line.isEmpty { return .head(HTTPHead(pending)) }
            fieldCount += 1
            return fieldCount > limits.fields ? .tooLarge(.fields) : nil
        }
    }

    /// Whether a start line says that it is HTTP, in front as a response does or behind as a request does.
    private static func namesHTTP(_ line: ArraySlice<UInt8>) -> Bool {
        line.starts(with: "HTTP/".utf8)
            || line.split(whereSeparator: { $0.isBlank }).last?.starts(with: "HTTP/".utf8) == true
    }
}
