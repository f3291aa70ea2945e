import Glibc

/// A blocking TCP socket on loopback, so that tests see exactly what TCP shows a peer. Every wait ends after 10 s.
final class PlainSocket: @unchecked Sendable {
    struct Failure: Error, Equatable {
        let code: CInt
    }

    let descriptor: CInt
    private var isOpen = true

    private init(_ descriptor: CInt) {
        self.descriptor = descriptor
        var wait = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close() }

    /// - Parameter backlog: 0 queues one connection; further ones get no answer until it is accepted.
    static func listener(backlog: CInt = 512) throws -> PlainSocket {
        let socket = PlainSocket(Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0))
        try socket.withAddress(port: 0) { bind(socket.descriptor, $0, $1) }
        try check(listen(socket.descriptor, backlog))
        return socket
    }

    static func connected(to port: Int) throws -> PlainSocket {
        let socket = PlainSocket(Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0))
        try socket.withAddress(port: port) { connect(socket.descriptor, $0, $1) }
        return socket
    }

    var port: Int {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutableBytes(of: &address) { bytes in
            _ = getsockname(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, &size)
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    func accept() throws -> PlainSocket {
        let accepted = Glibc.accept(descriptor, nil, nil)
        try PlainSocket.check(accepted)
        return PlainSocket(accepted)
    }

    /// Of this socket, and of those that a listener accepts from now on.
    func limitReceiveBuffer(to bytes: CInt) {
        var bytes = bytes
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<CInt>.size))
    }

    func send(_ bytes: some Collection<UInt8>) throws {
        var rest = [UInt8](bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            try PlainSocket.check(sent)
            rest = rest.dropFirst(sent)
        }
    }

    /// Writes as often as the kernel takes something at once; returns how many bytes it took.
    func sendWhatFits(_ bytes: [UInt8]) -> Int {
        let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
        return max(0, bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) })
    }

    /// Up to `count` bytes, fewer only behind a FIN.
    func receive(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var piece = [UInt8](repeating: 0, count: min(count - bytes.count, 1 << 16))
            let received = recv(descriptor, &piece, piece.count, 0)
            try PlainSocket.check(received)
            if received == 0 { break }
            bytes += piece[..<received]
        }
        return bytes
    }

    func receive(text count: Int) throws -> String { String(decoding: try receive(count), as: UTF8.self) }

    /// Everything up to the FIN.
    func receiveAll() throws -> [UInt8] { try receive(Int.max) }

    /// Sends a FIN.
    func finish() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Closes with a RST.
    func abort() {
        var off = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &off, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }

    private func withAddress(port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        try PlainSocket.check(
            withUnsafeBytes(of: &address) { bytes in
                body(bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t(bytes.count))
            })
    }

    private static func check(_ result: some SignedInteger) throws {
        if result < 0 { throw Failure(code: errno) }
    }
}
