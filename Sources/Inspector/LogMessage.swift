package import Connection
package import Wire

/// What a message said, or a part of it.
package struct LogMessage: Hashable, Sendable {
    /// Text or binary, or what the first frame had instead.
    package let opcode: Opcode
    /// Bytes of the whole message, as far as they are kept.
    package let count: Int
    package let bytes: [UInt8]
    /// Why `count` is less than was said.
    package let truncation: Event.Truncation?
}
