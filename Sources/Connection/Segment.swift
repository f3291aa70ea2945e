package import Wire

/// One connection of a recording, numbered from 1 in the order in which they opened.
package struct ConnectionID: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static func < (left: ConnectionID, right: ConnectionID) -> Bool { left.rawValue < right.rawValue }
}

/// What happened on a connection at one moment: the truth from which every event is derived.
///
/// The bytes of a `.bytes` segment travel beside it as a span of whoever holds them, so that they are never copied to
/// be looked at.
package struct Segment: Hashable, Sendable {
    package let connection: ConnectionID
    package let time: Timestamp
    package let kind: Kind
    /// The offset in the recording's file at which the block of this segment begins; nil where there is no file.
    package let location: UInt64?

    package init(connection: ConnectionID, time: Timestamp, kind: Kind, location: UInt64? = nil) {
        self.connection = connection
        self.time = time
        self.kind = kind
        self.location = location
    }

    package enum Kind: Hashable, Sendable {
        indirect case opened(Opening)
        case bytes(from: Side)
        /// That side sends no more: a TCP FIN.
        case fin(from: Side)
        /// That side aborted: a TCP RST.
        case reset(from: Side)
        /// Bytes that side sent are missing here; nil where nobody knows how many.
        case hole(from: Side, count: UInt64?)
        /// The inspector changed the traffic itself; the text says what it did.
        indirect case effect(String)
    }
}

/// How a connection came to be known.
package struct Opening: Hashable, Sendable {
    package let client: Address
    package let server: Address
    /// The bytes recorded are the plaintext that was inside TLS.
    package let isTLS: Bool
    /// The capture starts in the middle of this connection: no SYN was seen, there may have been an upgrade before.
    package let isMidstream: Bool
    /// Who recorded it: "serve", "connect", "proxy", "demo", or a file's name.
    package let source: String

    package init(client: Address, server: Address, isTLS: Bool = false, isMidstream: Bool = false, source: String) {
        self.client = client
        self.server = server
        self.isTLS = isTLS
        self.isMidstream = isMidstream
        self.source = source
    }
}

/// An IP address and a port.
public struct Address: Hashable, Sendable {
    /// 4 bytes of IPv4 or 16 of IPv6, in network order.
    package let ip: [UInt8]
    /// The TCP port.
    public let port: UInt16

    package init(ip: [UInt8], port: UInt16) {
        self.ip = ip
        self.port = port
    }

    package static func loopback(_ port: UInt16) -> Address { Address(ip: [127, 0, 0, 1], port: port) }
}

/// Takes the segments of any number of connections, in the order of their time.
package protocol SegmentSink {
    /// - Parameter bytes: What was sent, for `.bytes`; empty for every other kind. Valid during the call only.
    mutating func receive(_ segment: Segment, _ bytes: Span<UInt8>)
}
