import Connection
import NIOCore
import Wire

/// A socket and its endpoint: the one handler of a WebSocket connection, from its first byte to its last.
///
/// All frames of one read are handled in one go, and what they cause is written and flushed once, when the read is
/// complete. While more waits to be sent than the channel takes, or the tap has no room, nothing is read: a slow peer
/// is slowed down, and memory stays flat.
final class EndpointHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    // Unchecked: checking that accesses do not overlap, at run time, took a fifth of the time that a small message
    // needs here. They do not: all is on one event loop, and while one of these is changed nothing is called back.
    @exclusivity(unchecked) var endpoint: Endpoint
    let setup: EndpointSetup
    let commons: LoopCommons
    /// Its place among the handlers of its event loop.
    var index = 0
    var delegate: (any EndpointDelegate)?
    var context: ChannelHandlerContext?
    var line: TapLine?

    /// Written in this turn, and handed to the channel at its end.
    @exclusivity(unchecked) var out = ByteBuffer()
    /// Whole frames that wait because the channel takes no more.
    @exclusivity(unchecked) var queue = ByteBuffer()
    /// Messages that wait and may be dropped, where the policy is to drop some.
    @exclusivity(unchecked) var outbox: Outbox?
    var isWritable = true
    var hasOverflowed = false
    /// Since when more than `EndpointSetup.queueLimit` waits, where the policy is to wait.
    var fullSince: Timestamp?
    /// While it is above 0 nothing is read: somebody to whom this connection's messages go has no room for them.
    var holds = 0
    /// The delegate wants to be told that time passes.
    var isWatched = false
    var isFlushDue = false
    /// Inside `channelRead` … `channelReadComplete`, which flushes.
    private var isInTurn = false
    private var isReadWaiting = false
    private var lastBuffered = 0

    var hasBegun = false
    var hasEnded = false
    var isFinishing = false
    var isOutputEnding = false
    var tcp = TCPEnd()

    init(_ endpoint: consuming Endpoint, _ setup: EndpointSetup, commons: LoopCommons) {
        self.endpoint = endpoint
        self.setup = setup
        self.commons = commons
    }

    // MARK: Reading

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        isInTurn = true
        let now = Clock.now()
        buffer.withUnsafeReadableBytes { bytes in
            line?.bytes(from: setup.side.peer, at: now, bytes)
            // Nobody else reads these bytes, now or later: they are unmasked in place, without a copy of the buffer.
            take(UnsafeMutableRawBufferPointer(mutating: bytes), now: now)
        }
        if !setup.isTLS { commons.giveBack(read: buffer) }
    }

    private func take(_ bytes: UnsafeMutableRawBufferPointer, now: Timestamp) {
        var cursor = 0
        while let reaction = endpoint.next(in: bytes, at: &cursor, now: now) {
            if case .message(let opcode, let message) = reaction {
                delegate?.received(opcode, message)
            } else {
                react(reaction)
            }
        }
        settle()
    }

    func react(_ reaction: Reaction) {
        drainOutput()
        switch reaction {
        case .requested: if let request = endpoint.request { delegate?.requested(request) }
        case .opened: delegate?.opened()
        case .message(let opcode, let message): delegate?.received(opcode, message)
        case .ping(let payload): delegate?.ping(payload)
        case .pong(let payload, let roundTrip): delegate?.pong(payload, roundTrip: roundTrip)
        case .closed: delegate?.closed()
        case .failed: delegate?.failed()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isInTurn = false
        flushNow()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { isReadWaiting = true }
    }

    private var mayRead: Bool {
        isOutputEnding || (holds == 0 && !isBackedUp && line?.mayRead != false)
    }

    func resumeReading() {
        guard isReadWaiting, mayRead, let context else { return }
        isReadWaiting = false
        context.read()
    }

    /// Flushes at the end of the turn.
    func flushLater() {
        guard !isInTurn, !isFlushDue else { return }
        isFlushDue = true
        commons.flushSoon(self)
    }

    // MARK: Time

    func wake(at now: Timestamp) {
        if isReadWaiting { noteProgress(at: now) }
        if isWatched { delegate?.woken(at: now) }
        if fullSince != nil { endPatience(at: now) }
        guard let deadline = endpoint.deadline, deadline <= now else { return }
        if let reaction = endpoint.wake(at: now) { react(reaction) }
        settle()
        flushNow()
    }

    /// While nothing is read the peer's silence is no sign; that it takes what was sent, is.
    private func noteProgress(at now: Timestamp) {
        let buffered = (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if buffered != lastBuffered || holds > 0 || line?.mayRead == false { endpoint.heard(at: now) }
        lastBuffered = buffered
    }
}
