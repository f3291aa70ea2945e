import Connection

/// An IP address and a port without any memory of its own, as a packet's headers have them.
struct FlowEnd: Hashable {
    /// The address in network order; of IPv4 the 4 bytes stand last in `low`.
    var high: UInt64
    var low: UInt64
    var port: UInt16
    var isIPv6: Bool

    init(high: UInt64, low: UInt64, port: UInt16, isIPv6: Bool) {
        self.high = high
        self.low = low
        self.port = port
        self.isIPv6 = isIPv6
    }

    /// An address of neither 4 nor 16 bytes becomes 0.0.0.0.
    init(_ address: Address) {
        let isIPv6 = address.ip.count == 16
        let ip = isIPv6 || address.ip.count == 4 ? address.ip : [0, 0, 0, 0]
        self.init(
            high: isIPv6 ? ip[..<8].reduce(0) { $0 << 8 | UInt64($1) } : 0,
            low: ip.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }, port: address.port, isIPv6: isIPv6)
    }

    var address: Address {
        let bytes = [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
        return Address(ip: isIPv6 ? bytes : Array(bytes[12...]), port: port)
    }

    /// RFC 4291 §2.5.5.2, for a connection that changes the family on its way through a proxy.
    var mappedToIPv6: FlowEnd {
        isIPv6 ? self : FlowEnd(high: 0, low: 0xffff_0000_0000 | low, port: port, isIPv6: true)
    }

    func with(port: UInt16) -> FlowEnd { FlowEnd(high: high, low: low, port: port, isIPv6: isIPv6) }

    private var order: (UInt64, UInt64, UInt16, UInt8) { (high, low, port, isIPv6 ? 1 : 0) }

    static func < (left: FlowEnd, right: FlowEnd) -> Bool { left.order < right.order }
}

/// What the packets of a connection have in common, whichever way they go.
struct Flow: Hashable {
    let lower: FlowEnd
    let upper: FlowEnd

    init(_ one: FlowEnd, _ other: FlowEnd) {
        (lower, upper) = other < one ? (other, one) : (one, other)
    }
}
