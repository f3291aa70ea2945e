package import Wire

/// One side of a WebSocket connection, RFC 6455, without I/O: bytes and time in; messages, bytes to send and deadlines
/// out. It keeps to every MUST, and fails the connection on a peer who does not.
///
///                 accept                close                    peer's Close
///     connecting ────────▶ open ──────────────────▶ closing ─────────────────────▶ closed
///         │  refuse, bad    │  peer's Close (answered), violation, FIN, time-out     ▲
///         └─────────────────┴──────────────────────────────────────────────────────┘
///
/// The transport reads, and gives what came to `next` until that returns nil. After each call it sends the output,
/// and does what `tcp` demands. At `deadline`, or soon after, it calls `wake`:
///
///     var cursor = 0
///     while let reaction = endpoint.next(in: bytes, at: &cursor, now: now) { … }
///     endpoint.takeOutput(into: &sink)
///
/// A whole unfragmented message is unmasked where it lies and told as a part of the caller's bytes: no allocation, no
/// copy. Between messages nothing is held.
package struct Endpoint: ~Copyable {
    package enum State: Hashable, Sendable { case connecting, open, closing, closed }

    /// `State`, and who is waited for.
    enum Phase {
        case connecting
        /// Server: the request waits for `accept` or `refuse`.
        case asked
        case open
        /// The own Close is sent, the peer's is awaited.
        case closeSent
        /// Both Closes are exchanged, or the connection failed, or was refused: no byte is looked at any more.
        case closed
    }

    package let side: Side
    package let limits: EndpointLimits
    package let timing: EndpointTiming
    /// False only to show what happens to who does not: "an endpoint MUST send a Pong frame in response", §5.5.2.
    package var answersPings = true

    /// The client's opening handshake: for a server, while it waits for its answer.
    package internal(set) var request: HTTPHead?
    /// Client: the server's answer, good or bad.
    package internal(set) var response: HTTPHead?
    package internal(set) var subprotocol: String?
    /// What was agreed on for permessage-deflate.
    package internal(set) var compression: DeflateParameters?
    package internal(set) var closeSent: ClosePayload?
    package internal(set) var closeReceived: ClosePayload?
    package internal(set) var failure: Failure?

    var phase = Phase.connecting
    /// When `phase` began.
    var since: Timestamp
    var output: [UInt8] = []
    let maskingKeys: (() -> MaskingKey)?

    // Receiving.
    var headDecoder: HTTPHeadDecoder?
    var decoder = FrameDecoder()
    var judge: FrameJudge
    /// Between two frames and in no message: a whole message may take the fast road.
    var isAtRest = true
    var assembly: MessageBuffer?
    /// `assembly` was told, and goes with the next call.
    var isAssemblyTold = false
    var control: MessageBuffer?
    /// Payload bytes of the message under way, as on the wire.
    var messageWireBytes = 0
    var inflater: Inflater?
    var deflater: Deflater?

    // Liveness.
    var lastHeard: Timestamp
    var lastKeepAlive: Timestamp
    var keepAliveCount: UInt64 = 0
    var isKeepAlivePending = false
    var pings: [SentPing] = []
    var hasInputEnded = false
    var isLingerOver = false

    /// The server's side.
    package init(limits: EndpointLimits = .default, timing: EndpointTiming = .default, now: Timestamp) {
        self.init(side: .server, limits: limits, timing: timing, maskingKeys: nil, now: now)
    }

    /// The client's side, whose request is in the output at once.
    /// - Parameter maskingKeys: Must be unpredictable, §5.3.
    package init(
        request: HTTPHead, limits: EndpointLimits = .default, timing: EndpointTiming = .default,
        maskingKeys: @escaping () -> MaskingKey, now: Timestamp
    ) {
        self.init(side: .client, limits: limits, timing: timing, maskingKeys: maskingKeys, now: now)
        self.request = request
        output = request.bytes
    }

    private init(
        side: Side, limits: EndpointLimits, timing: EndpointTiming, maskingKeys: (() -> MaskingKey)?, now: Timestamp
    ) {
        self.side = side
        self.limits = limits
        self.timing = timing
        self.maskingKeys = maskingKeys
        since = now
        lastHeard = now
        lastKeepAlive = now
        headDecoder = HTTPHeadDecoder(limits: limits.http)
        judge = FrameJudge(sender: side.peer)
    }

    package var state: State {
        switch phase {
        case .connecting, .asked: .connecting
        case .open: .open
        case .closeSent: .closing
        case .closed: .closed
        }
    }

    /// "The WebSocket Connection Close Code", §7.1.5: of the peer's Close, 1005 where that had none, 1006 where none came.
    package var closeCode: StatusCode { closeReceived?.closeCode ?? .abnormalClosure }

    /// Both sides sent their Close, and nothing failed, §7.1.4: clean as soon as TCP has ended, too.
    package var isClosingHandshakeComplete: Bool { closeSent != nil && closeReceived != nil && failure == nil }

    package var hasOutput: Bool { !output.isEmpty }

    /// Moves handshake and control frames that wait to be sent.
    package mutating func takeOutput(into sink: inout some ByteSink) {
        guard !output.isEmpty else { return }
        output.withUnsafeBytes { sink.append($0) }
        output = []
    }

    package var tcp: TCPDemand {
        if isLingerOver { return .abort }
        guard phase == .closed else { return .keep }
        // "the underlying TCP connection, in most normal cases, SHOULD be closed first by the server", §7.1.1.
        let isMine = side == .server || failure != nil || hasInputEnded
        return isMine ? .finish : .keep
    }

    mutating func enter(_ phase: Phase, now: Timestamp) {
        self.phase = phase
        since = now
        guard phase == .closed else { return }
        headDecoder = nil
        inflater = nil
        deflater = nil
        control = nil
        pings = []
    }
}
