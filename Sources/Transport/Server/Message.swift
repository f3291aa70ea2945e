internal import Wire

/// A message that was received: text, which is valid UTF-8, or binary.
///
/// It lives as long as the call that hands it over and cannot be kept: its bytes lie in the memory that the next read
/// uses. What is to be kept is copied, with `text` or `bytes`.
public struct Message: ~Copyable {
    /// What a message is, RFC 6455 §5.6.
    public enum Kind: Hashable, Sendable {
        case text, binary
    }

    /// Text or binary, as its sender said.
    public let kind: Kind
    let memory: UnsafeRawBufferPointer

    init(_ kind: Kind, _ memory: UnsafeRawBufferPointer) {
        self.kind = kind
        self.memory = memory
    }

    /// How many bytes it has.
    public var count: Int { memory.count }

    /// The message as a string; bytes that are no UTF-8, in a binary message, appear as U+FFFD.
    public var text: String { String(decoding: memory, as: UTF8.self) }

    /// A copy of the message's bytes.
    public var bytes: [UInt8] { Array(memory) }

    /// The bytes where they lie.
    public func withBytes<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try body(memory.assumingMemoryBound(to: UInt8.self).span)
    }

    var opcode: Opcode { kind == .text ? .text : .binary }
}
