package import Wire

/// What follows the head of an HTTP message and is not looked at, RFC 9112 §6.3 and §7.1.
package enum HTTPBody: Hashable, Sendable {
    case none
    /// So many bytes are still to come.
    case length(UInt64)
    case chunked(Chunk)
    /// Everything up to the end of the connection.
    case untilEnd

    package enum Chunk: Hashable, Sendable {
        /// In the line that begins a chunk; nil until its first digit, and no more digits after the extension began.
        case size(UInt64?, isInExtension: Bool)
        /// So many bytes of a chunk and the line end behind it are still to come.
        case content(UInt64)
        /// In the trailer section; how many bytes its line under way has.
        case trailer(lineLength: Int)
    }

    package var isDone: Bool { self == .none || self == .length(0) }

    package static func request(_ head: HTTPHead) -> HTTPBody { framing(head) ?? .none }

    /// - Parameter method: Of the request; a response to HEAD has no body, one to CONNECT with 2xx begins a tunnel.
    static func response(_ head: HTTPHead, to method: String?) -> HTTPBody {
        let status = head.status ?? 0
        if method == "HEAD" || (100..<200).contains(status) || status == 204 || status == 304 { return .none }
        return framing(head) ?? .untilEnd
    }

    private static func framing(_ head: HTTPHead) -> HTTPBody? {
        if head.contains("chunked", in: "Transfer-Encoding") { return .chunked(.size(nil, isInExtension: false)) }
        return head.values("Content-Length").first.flatMap { UInt64($0) }.map { .length($0) }
    }

    /// Takes what belongs to the body from `offset` on.
    package mutating func read(_ bytes: Span<UInt8>, at offset: inout Int) {
        switch self {
        case .none: break
        case .untilEnd: offset = bytes.count
        case .length(let left): self = .length(left - HTTPBody.take(left, bytes, at: &offset))
        case .chunked(var chunk):
            while offset < bytes.count {
                guard let next = chunk.read(bytes, at: &offset) else {
                    self = .none
                    return
                }
                chunk = next
            }
            self = .chunked(chunk)
        }
    }

    mutating func skip(_ count: UInt64) -> Bool {
        switch self {
        case .none: return false
        case .untilEnd: return true
        case .length(let left):
            guard count <= left else { return false }
            self = .length(left - count)
        case .chunked(.content(let left)):
            guard count <= left else { return false }
            self = .chunked(.content(left - count))
        case .chunked: return false
        }
        return true
    }

    fileprivate static func take(_ left: UInt64, _ bytes: Span<UInt8>, at offset: inout Int) -> UInt64 {
        let count = min(left, UInt64(bytes.count - offset))
        offset += Int(count)
        return count
    }
}

extension HTTPBody.Chunk {
    /// What follows after some more bytes, at least one; nil at the end of the body.
    fileprivate func read(_ bytes: Span<UInt8>, at offset: inout Int) -> HTTPBody.Chunk? {
        if case .content(let left) = self, left > 0 {
            return .content(left - HTTPBody.take(left, bytes, at: &offset))
        }
        let byte = bytes[offset]
        offset += 1
        switch self {
        case .content: return HTTPBody.Chunk.size(nil, isInExtension: false).following(byte)
        case .size: return following(byte)
        case .trailer(let length):
            if byte == 0x0a { return length == 0 ? nil : .trailer(lineLength: 0) }
            return .trailer(lineLength: byte == 0x0d ? length : length + 1)
        }
    }

    private func following(_ byte: UInt8) -> HTTPBody.Chunk {
        guard case .size(let size, let isInExtension) = self else { return self }
        if byte == 0x0a {
            // The line end behind the content counts as content: CR LF.
            guard let size else { return .size(nil, isInExtension: false) }
            return size == 0 ? .trailer(lineLength: 0) : .content(size &+ 2)
        }
        guard !isInExtension, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, size ?? 0 < 1 << 59 else {
            return .size(size, isInExtension: size != nil)
        }
        return .size((size ?? 0) << 4 | UInt64(digit), isInExtension: false)
    }
}
