package import Wire
import Connection

/// What follows something that was sent: the first of these that comes.
package enum Reply: Hashable, Sendable {
    /// The Ping was answered after so many nanoseconds: the connection works.
    case pong(Int64)
    /// A Pong came that answers nothing: with other bytes than the Ping's.
    case strangePong
    case close(ClosePayload)
    /// TCP ended without a Close.
    case ended(LineEnd)
    case silence

    var words: String {
        switch self {
        case .pong(let time): "a Pong after \(Words.duration(time))"
        case .strangePong: "a Pong with other bytes"
        case .close(let payload): payload.words
        case .ended(let end): end.words
        case .silence: "nothing"
        }
    }

    /// Whether the connection goes on as if nothing had happened.
    var isAnswer: Bool {
        switch self {
        case .pong, .strangePong: true
        case .close, .ended, .silence: false
        }
    }
}

extension ProbeConnection {
    /// Sends a Ping, and waits for its Pong or for the end. What else comes is passed over.
    /// - Parameter passing: Is shown what else comes.
    func ping(
        _ payload: [UInt8]? = nil, until deadline: Timestamp, passing: (HeardFrame) -> Void = { _ in }
    ) async throws -> Reply {
        let payload = payload ?? session.bytes(8)
        let start = session.lines.now()
        try await send(.ping, payload, words: "ping, \(Words.bytes(payload.count))", until: deadline)
        var reply = Reply.silence
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame):
                switch frame.header.opcode {
                case .pong where frame.payload == payload: return .pong(frame.time.since(start))
                case .pong: reply = .strangePong
                case .close: return .close(ClosePayload(frame.payload.span))
                case .text, .binary, .continuation, .ping, .reserved: passing(frame)
                }
            case .ended(let end): return .ended(end)
            case .silence: return reply
            }
        }
    }

    /// Waits for a Close or the end, and passes over what else comes.
    func ending(until deadline: Timestamp) async throws -> Reply {
        while true {
            switch try await next(until: deadline) {
            case .frame(let frame):
                if frame.header.opcode == .close { return .close(ClosePayload(frame.payload.span)) }
            case .ended(let end): return .ended(end)
            case .silence: return .silence
            }
        }
    }

    /// Waits for a data frame, a Close, or the end.
    func reaction(until deadline: Timestamp) async throws -> Heard {
        while true {
            let heard = try await next(until: deadline)
            guard case .frame(let frame) = heard, frame.header.isControl, frame.header.opcode != .close else {
                return heard
            }
        }
    }
}

extension ProbeConnection {
    /// Takes what comes until the deadline or the end.
    /// - Returns: Bytes of the payloads.
    func drain(until deadline: Timestamp) async throws -> Int {
        var count = 0
        while case .frame(let frame) = try await next(until: deadline) {
            count += Int(clamping: frame.header.payloadLength)
        }
        return count
    }
}
