import Connection
import Wire

/// An endpoint on a stage: bytes in, what it tells and what it sends out, all as values.
final class Play {
    enum Told: Hashable {
        case requested, opened, closed, failed
        case message(Opcode, [UInt8])
        case ping([UInt8])
        case pong([UInt8], roundTrip: Int64?)

        static func text(_ text: String) -> Told { .message(.text, Array(text.utf8)) }

        init(_ reaction: Reaction) {
            self =
                switch reaction {
                case .requested: .requested
                case .opened: .opened
                case .closed: .closed
                case .failed: .failed
                case .message(let opcode, let bytes): .message(opcode, Array(bytes))
                case .ping(let bytes): .ping(Array(bytes))
                case .pong(let bytes, let roundTrip): .pong(Array(bytes), roundTrip: roundTrip)
                }
        }
    }

    static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    static let mask = MaskingKey(0x37, 0xfa, 0x21, 0x3d)

    var endpoint: Endpoint
    var now = Timestamp(nanoseconds: 1_000_000_000_000)

    /// A server's endpoint that waits for its request.
    init(limits: EndpointLimits = .default, timing: EndpointTiming = .default) {
        endpoint = Endpoint(limits: limits, timing: timing, now: now)
    }

    private init(client endpoint: consuming Endpoint) { self.endpoint = endpoint }

    /// A client's endpoint whose request is out.
    static func client(limits: EndpointLimits = .default, extensions: String? = nil) throws -> Play {
        let request = try OpeningHandshake.request(
            target: "/chat", host: "127.0.0.1:9001", key: key, subprotocols: ["one", "two"], extensions: extensions)
        let play = Play(
            client: Endpoint(
                request: HTTPHead(request), limits: limits, maskingKeys: { mask },
                now: Timestamp(nanoseconds: 1_000_000_000_000)))
        _ = play.sent()
        return play
    }

    /// An endpoint behind a good handshake.
    static func open(
        _ side: Side, limits: EndpointLimits = .default, timing: EndpointTiming = .default, extensions: String? = nil
    ) throws -> Play {
        let play =
            side == .server ? Play(limits: limits, timing: timing) : try client(limits: limits, extensions: extensions)
        switch side {
        case .server:
            _ = play.receive(request(extensions: extensions))
            play.endpoint.accept(now: play.now)
        case .client:
            _ = play.receive(try OpeningHandshake.response(key: key, extensions: extensions))
        }
        _ = play.sent()
        return play
    }

    static func request(extensions: String? = nil, extra: [(name: String, value: String)] = []) -> [UInt8] {
        let request = try? OpeningHandshake.request(
            target: "/chat", host: "127.0.0.1:9001", key: key, extensions: extensions, extra: extra)
        return request ?? []
    }

    /// What the endpoint tells of `bytes` that come in pieces of `size`; all at once where it is nil.
    func receive(_ bytes: [UInt8], pieces size: Int? = nil) -> [Told] {
        stride(from: 0, to: bytes.count, by: size ?? max(bytes.count, 1)).flatMap { start in
            receivePiece(Array(bytes[start..<min(start + (size ?? bytes.count), bytes.count)]))
        }
    }

    private func receivePiece(_ piece: [UInt8]) -> [Told] {
        var piece = piece
        var told: [Told] = []
        piece.withUnsafeMutableBytes { bytes in
            var cursor = 0
            while let reaction = endpoint.next(in: bytes, at: &cursor, now: now) {
                told.append(Told(reaction))
                guard case .requested = reaction else { continue }
                if endpoint.brokenDemands.isEmpty { endpoint.accept(now: now) }
            }
        }
        return told
    }

    /// Takes what the endpoint wants to send.
    func sent() -> [UInt8] {
        var bytes: [UInt8] = []
        endpoint.takeOutput(into: &bytes)
        return bytes
    }

    func pass(seconds: Double) -> Told? {
        now = now.adding(nanoseconds: Int64(seconds * 1e9))
        return endpoint.wake(at: now).map(Told.init)
    }

    /// A frame as `side` sends it.
    static func frame(
        from side: Side, _ opcode: Opcode, _ payload: [UInt8] = [], fin: Bool = true, rsv1: Bool = false
    ) -> [UInt8] {
        var bytes = FrameHeader(
            fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count,
            maskingKey: side == .client ? mask : nil
        ).bytes
        bytes += payload.enumerated().map { side == .client ? $1 ^ mask[$0] : $1 }
        return bytes
    }

    static func frame(from side: Side, _ opcode: Opcode, _ text: String, fin: Bool = true) -> [UInt8] {
        frame(from: side, opcode, Array(text.utf8), fin: fin)
    }
}

/// What the endpoint is by now. `Endpoint` is not copyable, and `#expect` copies what it looks into.
extension Play {
    var state: Endpoint.State { endpoint.state }
    var tcp: TCPDemand { endpoint.tcp }
    var deadline: Timestamp? { endpoint.deadline }
    var request: HTTPHead? { endpoint.request }
    var response: HTTPHead? { endpoint.response }
    var brokenDemands: [Demand] { endpoint.brokenDemands }
    var subprotocol: String? { endpoint.subprotocol }
    var compression: DeflateParameters? { endpoint.compression }
    var closeSent: ClosePayload? { endpoint.closeSent }
    var closeReceived: ClosePayload? { endpoint.closeReceived }
    var closeCode: StatusCode { endpoint.closeCode }
    var isClosingHandshakeComplete: Bool { endpoint.isClosingHandshakeComplete }
    var failure: Failure? { endpoint.failure }
}
