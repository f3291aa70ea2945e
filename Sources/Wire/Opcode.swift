/// What a frame's payload is, RFC 6455 §5.2: four bits, of which ten values are reserved.
///
/// Total: every value of the four bits has a case, so nothing that came over the wire is lost.
public enum Opcode: Hashable, Sendable {
    case continuation, text, binary
    case close, ping, pong
    /// 0x3–0x7 (further data frames) and 0xB–0xF (further control frames).
    case reserved(UInt8)

    /// - Parameter bits: The low four bits are read, the others ignored.
    @inlinable public init(bits: UInt8) {
        switch bits & 0x0f {
        case 0x0: self = .continuation
        case 0x1: self = .text
        case 0x2: self = .binary
        case 0x8: self = .close
        case 0x9: self = .ping
        case 0xa: self = .pong
        case let other: self = .reserved(other)
        }
    }

    /// The four bits, 0…15.
    @inlinable public var bits: UInt8 {
        switch self {
        case .continuation: 0x0
        case .text: 0x1
        case .binary: 0x2
        case .close: 0x8
        case .ping: 0x9
        case .pong: 0xa
        case .reserved(let bits): bits & 0x0f
        }
    }

    /// "Control frames are identified by opcodes where the most significant bit of the opcode is 1", §5.5.
    @inlinable public var isControl: Bool { bits & 0x8 != 0 }

    /// Whether the standard leaves its meaning to the future.
    @inlinable public var isReserved: Bool {
        if case .reserved = self { true } else { false }
    }
}

extension Opcode: CustomStringConvertible {
    /// The standard's word in lower case, such as `ping` or `reserved(0x3)`.
    public var description: String {
        switch self {
        case .continuation: "continuation"
        case .text: "text"
        case .binary: "binary"
        case .close: "close"
        case .ping: "ping"
        case .pong: "pong"
        case .reserved(let bits): "reserved(0x" + String(bits, radix: 16) + ")"
        }
    }
}
