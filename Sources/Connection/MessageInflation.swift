import Wire

/// The compression context of one direction of an observed connection, RFC 7692 §7.2.
struct MessageInflation {
    private let side: Side
    private let parameters: DeflateParameters?
    private var context: Context?
    /// What came before is not known, so that no message that builds upon it can be inflated.
    private var isContextLost: Bool

    /// Compressed bytes that are inflated at once; they give a thousand times as many at most.
    private static let pieceSize = 4096

    init(side: Side, parameters: DeflateParameters?, isContextLost: Bool) {
        self.side = side
        self.parameters = parameters
        self.isContextLost = isContextLost && parameters?.noContextTakeover(of: side) != true
    }

    /// The message under way cannot be inflated any more, and none after it that builds upon it.
    mutating func lose() {
        context = nil
        isContextLost = parameters?.noContextTakeover(of: side) != true
    }

    /// Inflates bytes of `message`, and judges and keeps what they give.
    mutating func inflate(
        _ bytes: Span<UInt8>, isLast: Bool, _ message: inout MessageUnderWay, _ judge: inout FrameJudge,
        _ state: ConnectionState
    ) -> [Violation] {
        guard !isContextLost, message.truncation == nil || message.truncation == .limit, let parameters else {
            if message.truncation == nil { message.truncation = .notInflated }
            return []
        }
        guard let context = context ?? Context(parameters, of: side, state.pool) else {
            message.truncation = .limit
            lose()
            return []
        }
        self.context = context
        var violations: [Violation] = []
        var result = InflateResult.ok
        var offset = 0
        repeat {
            let end = min(offset + MessageInflation.pieceSize, bytes.count)
            let piece = bytes.extracting(offset..<end)
            var count = 0
            result = message.kept.append(limit: state.limits.message, state.pool) { output in
                context.inflater.inflate(
                    piece, isLast: isLast && end == bytes.count, into: &output, limit: state.limits.inflated)
            } look: { inflated in
                count = inflated.count
                if let found = judge.applicationData(inflated, at: nil) { violations.append(found) }
            }
            message.applicationBytes &+= UInt64(count)
            offset = end
        } while result == .ok && offset < bytes.count
        if message.kept.isCut { message.truncation = .limit }
        switch result {
        case .ok: break
        case .tooBig:
            message.truncation = .limit
            lose()
        case .invalid:
            message.truncation = .notInflated
            lose()
            violations.append(Violation(.inflateFailed))
        }
        return violations
    }
}

/// An inflater and the memory that it takes of what all connections share.
private final class Context {
    let inflater: Inflater
    private let size: Int
    private let pool: BufferPool

    /// The state of zlib beside its window, zconf.h, rounded up.
    private static let stateSize = 10_240

    /// nil where there is no memory left.
    init?(_ parameters: DeflateParameters, of side: Side, _ pool: BufferPool) {
        size = Context.stateSize + (1 << parameters.windowBits(of: side))
        let granted = pool.take(size)
        guard granted == size else {
            pool.give(granted)
            return nil
        }
        self.pool = pool
        inflater = Inflater(
            windowBits: parameters.windowBits(of: side), noContextTakeover: parameters.noContextTakeover(of: side))
    }

    deinit { pool.give(size) }
}
