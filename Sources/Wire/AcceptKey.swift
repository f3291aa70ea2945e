/// How a server shows that it understood the handshake, RFC 6455 §1.3 and §4.2.2: key → + GUID → SHA-1 → base64.
package struct AcceptKey: Hashable, Sendable {
    /// The same for every connection there is, §1.3.
    package static let guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// The value of `Sec-WebSocket-Key`, as a string and not decoded.
    package let key: String
    package let concatenated: String
    /// 20 bytes.
    package let digest: [UInt8]
    /// What `Sec-WebSocket-Accept` must be.
    package let accept: String

    package init(key: String) {
        self.key = key
        concatenated = key + AcceptKey.guid
        digest = SHA1.hash(Array(concatenated.utf8))
        accept = Base64.encode(digest)
    }

    package static func accept(for key: String) -> String { AcceptKey(key: key).accept }
}
