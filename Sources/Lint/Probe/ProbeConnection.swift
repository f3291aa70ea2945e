import Connection
import Wire

/// One connection of the probe, spoken by hand: any bytes out, frames in, and a transcript of both.
package final class ProbeConnection {
    let line: any ProbeLine
    let request: HTTPHead
    let session: ProbeSession

    var answer = HandshakeAnswer.silence
    var transcript = Transcript()
    /// How the line ended; nil while nobody knows of it.
    private(set) var end: LineEnd?
    /// The server's first Close.
    private(set) var closeReceived: ClosePayload?
    private var isClosed = false

    private var inbound: [UInt8] = []
    private var cursor = 0
    private var decoder = FrameDecoder()
    private var payload: [UInt8] = []

    /// Of a frame's payload so many bytes are kept.
    private static let payloadKept = 4096

    init(_ line: any ProbeLine, request: HTTPHead, session: ProbeSession) {
        self.line = line
        self.request = request
        self.session = session
    }

    // MARK: Out

    /// - Parameter words: For the transcript; nil to leave it out.
    @discardableResult
    func send(_ bytes: [UInt8], _ words: String?, until deadline: Timestamp) async throws -> LineSent {
        if let words { transcript.sent(words) }
        try session.spend(bytes: bytes.count)
        let sent = await line.send(bytes, until: deadline)
        switch sent {
        case .all, .ended: break
        case .stalled(let count): transcript.note("the server stopped reading after \(Words.bytes(count))")
        }
        return sent
    }

    /// Sends a frame as a good client would.
    @discardableResult
    func send(
        _ opcode: Opcode, _ payload: [UInt8], fin: Bool = true, rsv1: Bool = false, words: String?,
        until deadline: Timestamp
    ) async throws -> LineSent {
        let bytes = ClientFrame.bytes(opcode, payload, fin: fin, rsv1: rsv1, key: session.maskingKey())
        return try await send(bytes, words, until: deadline)
    }

    // MARK: In

    /// The next frame. Pings are answered.
    func next(until deadline: Timestamp) async throws -> Heard {
        while true {
            if let frame = decode() {
                try await note(frame, until: deadline)
                return .frame(frame)
            }
            if let end { return .ended(end) }
            switch await line.receive(until: deadline) {
            case .bytes(let bytes): take(bytes)
            case .silence: return .silence
            case .ended(let end): ended(end)
            }
        }
    }

    /// The head of the server's answer.
    func readAnswer(until deadline: Timestamp) async {
        var head = HTTPHeadDecoder(limits: HTTPLimits(bytes: 1 << 16, line: 1 << 15, fields: 500))
        while true {
            switch head.next(inbound.span, at: &cursor) {
            case .head(let head): return answered(.head(head))
            case .tooLarge, .notHTTP: return answered(.notHTTP)
            case nil: break
            }
            if let end { return answered(.ended(end)) }
            switch await line.receive(until: deadline) {
            case .bytes(let bytes): take(bytes)
            case .silence: return answered(.silence)
            case .ended(let end): self.end = end
            }
        }
    }

    private func answered(_ answer: HandshakeAnswer) {
        self.answer = answer
        transcript.received(answer.words)
        if end != nil { session.returned(self) }
    }

    private func take(_ bytes: [UInt8]) {
        inbound = bytes
        cursor = 0
    }

    private func ended(_ end: LineEnd) {
        self.end = end
        transcript.received(end.words)
        session.returned(self)
    }

    private func decode() -> HeardFrame? {
        while let step = decoder.next(inbound.span, at: &cursor) {
            switch step {
            case .header: payload = []
            case .payload(let range):
                payload += inbound[range.prefix(ProbeConnection.payloadKept - payload.count)]
            case .end:
                return HeardFrame(header: decoder.header, payload: payload, time: session.lines.now())
            }
        }
        return nil
    }

    private func note(_ frame: HeardFrame, until deadline: Timestamp) async throws {
        transcript.received(frame.words)
        session.heard(frame)
        switch frame.header.opcode {
        case .ping: try await send(.pong, frame.payload, words: nil, until: deadline)
        case .close: if closeReceived == nil { closeReceived = ClosePayload(frame.payload.span) }
        case .text, .binary, .continuation, .pong, .reserved: break
        }
    }

    // MARK: The end

    /// A good client's end: the closing handshake, or a part of it where the server takes its time.
    func leave() async {
        guard !isClosed, end == nil else { return await close() }
        let deadline = session.lines.now().adding(nanoseconds: 300_000_000)
        if closeReceived == nil {
            _ = try? await send(.close, ClosePayload(.normalClosure).bytes, words: nil, until: deadline)
        }
        while end == nil {
            guard let heard = try? await next(until: deadline), heard != .silence else { break }
        }
        await close()
    }

    func close() async {
        guard !isClosed else { return }
        isClosed = true
        session.returned(self)
        await line.close()
    }
}

/// What a connection of the probe hears.
package enum Heard: Hashable, Sendable {
    case frame(HeardFrame)
    case silence
    case ended(LineEnd)
}
