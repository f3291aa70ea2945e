package import Connection
package import NIOCore

extension Address {
    /// Nil for a Unix domain socket.
    package init?(_ address: SocketAddress?) {
        // `struct sockaddr_in` is family, port, 4 bytes; `sockaddr_in6` is family, port, flow label, 16 bytes.
        let ip: Range<Int>
        switch address {
        case .v4: ip = 4..<8
        case .v6: ip = 8..<24
        case .unixDomainSocket, nil: return nil
        }
        let bytes = address?.withSockAddr { [UInt8](UnsafeRawBufferPointer(start: $0, count: $1)) }
        guard let bytes, bytes.count >= ip.upperBound else { return nil }
        self.init(ip: Array(bytes[ip]), port: UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
    }
}
