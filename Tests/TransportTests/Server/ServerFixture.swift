import Connection
import Testing
import Transport
import Wire

/// A teaching server on loopback, and plain sockets that speak to it by hand.
struct ServerFixture {
    let server: TeachingServer
    let address: HostPort

    /// Runs `body` with a fresh server, whose scenario for any path is the echo, and stops it afterwards.
    static func run(
        scenario: (any Scenario.Type)? = Echo.self, configure: (inout WebSocketServer.Options) -> Void = { _ in },
        _ body: (ServerFixture) async throws -> Void
    ) async throws {
        var options = WebSocketServer.Options(port: 0)
        options.closeTimeout = .milliseconds(500)
        configure(&options)
        let server = TeachingServer(options, scenario: scenario)
        let fixture = ServerFixture(server: server, address: try await server.start())
        do {
            try await body(fixture)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    func socket() throws -> PlainSocket { try PlainSocket.connected(to: address.port) }

    /// A connection behind its opening handshake.
    func open(_ target: String = "/", extensions: String? = nil) async throws -> PlainSocket {
        let socket = try socket()
        let request = try Self.request(target, extensions: extensions)
        let head = try await Background {
            try socket.send(request)
            return HTTPHead(try socket.receiveHead())
        }.value
        try #require(head.status == 101)
        return socket
    }

    static func request(
        _ target: String = "/", extensions: String? = nil, extra: [(name: String, value: String)] = []
    ) throws -> [UInt8] {
        try OpeningHandshake.request(
            target: target, host: "127.0.0.1", key: "dGhlIHNhbXBsZSBub25jZQ==", extensions: extensions, extra: extra)
    }

    /// A frame as a client sends it.
    static func frame(_ opcode: Opcode, _ payload: [UInt8] = [], fin: Bool = true, rsv1: Bool = false) -> [UInt8] {
        let key = MaskingKey(1, 2, 3, 4)
        let header = FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
        return header.bytes + payload.enumerated().map { $1 ^ key[$0] }
    }

    /// A frame as a server sends it.
    static func reply(_ opcode: Opcode, _ payload: [UInt8] = []) -> [UInt8] {
        FrameHeader(opcode: opcode, payloadLength: payload.count).bytes + payload
    }
}

extension PlainSocket {
    /// Up to and with the blank line.
    func receiveHead() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]) {
            let byte = try receive(1)
            if byte.isEmpty { break }
            bytes += byte
        }
        return bytes
    }
}

/// The status code of the Close frame at the end of what a server sent.
func closeCode(_ bytes: [UInt8]) -> UInt16? {
    guard let start = bytes.lastIndex(of: 0x88), bytes.count >= start + 4 else { return nil }
    return UInt16(bytes[start + 2]) << 8 | UInt16(bytes[start + 3])
}
