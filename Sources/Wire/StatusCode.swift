/// Why a connection closes, RFC 6455 §7.4: the first two bytes of a Close frame's body.
///
/// On the wire it is a *status code*. What an endpoint concludes is the *close code* (§7.1.5), the same number or
/// one of 1005, 1006 and 1015, which are never on the wire.
public struct StatusCode: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The number.
    public let rawValue: UInt16

    /// Any number makes a code; who judges tells which are allowed.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// So that `1000` stands for a code.
    @inlinable public init(integerLiteral value: UInt16) { rawValue = value }

    /// 1000: the purpose of the connection is fulfilled.
    public static let normalClosure: StatusCode = 1000
    /// 1001: a server shuts down, or a browser leaves the page.
    public static let goingAway: StatusCode = 1001
    /// 1002: the peer broke the protocol.
    public static let protocolError: StatusCode = 1002
    /// 1003: a type of data that the endpoint cannot accept.
    public static let unsupportedData: StatusCode = 1003
    /// 1005: a Close without a code; never on the wire.
    public static let noStatusReceived: StatusCode = 1005
    /// 1006: no Close at all; never on the wire.
    public static let abnormalClosure: StatusCode = 1006
    /// 1007: a text that is no UTF-8, or compressed data that cannot be inflated.
    public static let invalidPayload: StatusCode = 1007
    /// 1008: a message that breaks the endpoint's policy.
    public static let policyViolation: StatusCode = 1008
    /// 1009: a message too big to process.
    public static let messageTooBig: StatusCode = 1009
    /// 1010: a client misses an extension in the server's handshake.
    public static let mandatoryExtension: StatusCode = 1010
    /// 1011: an unexpected condition on the server.
    public static let internalError: StatusCode = 1011
    /// 1012: the service restarts; IANA's registry.
    public static let serviceRestart: StatusCode = 1012
    /// 1013: the service is overloaded; IANA's registry.
    public static let tryAgainLater: StatusCode = 1013
    /// 1014: a gateway got an invalid answer; IANA's registry.
    public static let badGateway: StatusCode = 1014
    /// 1015: the TLS handshake failed; never on the wire.
    public static let tlsHandshake: StatusCode = 1015

    /// Whether an endpoint may send it: defined for the wire (§7.4.1 and IANA's registry), or in the ranges for
    /// libraries and frameworks (3000–3999) and private use (4000–4999), §7.4.2.
    @inlinable public var isAllowedOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

extension StatusCode: CustomStringConvertible {
    /// The number in decimal.
    public var description: String { String(rawValue) }

    /// What the number means, in a few words; nil where nobody gave it a meaning.
    public var meaning: String? {
        switch rawValue {
        case 1000: "normal closure"
        case 1001: "going away"
        case 1002: "protocol error"
        case 1003: "unsupported data"
        case 1004: "reserved"
        case 1005: "no status received"
        case 1006: "abnormal closure"
        case 1007: "invalid payload data"
        case 1008: "policy violation"
        case 1009: "message too big"
        case 1010: "mandatory extension"
        case 1011: "internal error"
        case 1012: "service restart"
        case 1013: "try again later"
        case 1014: "bad gateway"
        case 1015: "TLS handshake"
        case 3000...3999: "registered by a library or framework"
        case 4000...4999: "private use"
        default: nil
        }
    }
}
