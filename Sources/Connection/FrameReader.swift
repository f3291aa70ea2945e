import Wire

/// One direction of an observed connection once it speaks in frames: decodes, judges, puts messages together.
struct FrameReader {
    private let side: Side
    private let isGuess: Bool
    private var decoder = FrameDecoder()
    private var judge: FrameJudge
    private var inflation: MessageInflation

    private var frame: FrameUnderWay
    /// The bytes of a frame's payload that comes in pieces, unmasked.
    private var kept = KeptBytes()
    private var message: MessageUnderWay?
    /// The fragmented message that a complete one was pushed into: not allowed, and most likely continued.
    private var interrupted: MessageUnderWay?

    /// - Parameter isGuess: That a frame begins here is not certain, and what was said before not known.
    init(side: Side, compression: DeflateParameters?, isGuess: Bool = false, first: Beginning) {
        self.side = side
        self.isGuess = isGuess
        judge = FrameJudge(sender: side, isCompressionAgreed: compression != nil, startsMidstream: isGuess)
        inflation = MessageInflation(side: side, parameters: compression, isContextLost: isGuess)
        frame = FrameUnderWay(began: first)
    }

    /// Reads `bytes` from `offset` on.
    /// - Returns: False where a guess turns out wrong: the header before `offset` is none.
    mutating func read<Sink: EventSink>(
        _ bytes: Span<UInt8>, at offset: inout Int, _ segment: Segment, _ state: inout ConnectionState,
        _ sink: inout Sink
    ) -> Bool {
        while true {
            if decoder.isAtBoundary, offset < bytes.count {
                frame = FrameUnderWay(began: Beginning(segment, offset: offset))
            }
            switch decoder.next(bytes, at: &offset) {
            case nil: return true
            case .header(let header):
                if isGuess, !FrameGuess.isPlausible(header, from: side) {
                    frame.isFinished = true
                    return false
                }
                begin(header, at: segment.time, &state, &sink)
            case .payload(let range):
                payload(bytes.extracting(range), at: segment.time, &state, &sink)
            case .end:
                if !frame.isFinished { finish(Span(), at: segment.time, &state, &sink) }
            }
        }
    }

    /// Bytes of this direction are missing.
    /// - Returns: False where they reach behind the frame under way, so that nobody knows where the next begins.
    mutating func skip(_ count: UInt64) -> Bool {
        guard decoder.skip(count) else { return false }
        kept.cut()
        guard !decoder.header.isControl else { return true }
        judge.missBytes()
        frame.hasHole = true
        guard message != nil, frame.wholeMessage == nil else { return true }
        if message?.isCompressed == true { inflation.lose() }
        message?.kept.cut()
        message?.truncation = .hole
        return true
    }

    /// Tells what is not complete, for nothing follows.
    /// - Returns: The bytes of a header that was cut off.
    mutating func abort<Sink: EventSink>(
        _ truncation: Event.Truncation, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) -> Int {
        let pending = decoder.pendingHeader.count
        var partial = kept
        kept = KeptBytes()
        if !decoder.isAtBoundary, pending == 0, !frame.isFinished {
            tell(partial.bytes.span, answers: nil, at: time, &state, &sink)
            if let number = frame.wholeMessage {
                tellWholeMessage(number, partial.bytes.span, truncation, at: time, &state, &sink)
            }
        }
        partial.clear(state.pool)
        if let interrupted { abandon(interrupted, truncation, at: time, &state, &sink) }
        if let message { abandon(message, truncation, at: time, &state, &sink) }
        message = nil
        interrupted = nil
        return pending
    }
}

/// The steps of one frame.
extension FrameReader {
    private mutating func begin<Sink: EventSink>(
        _ header: FrameHeader, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        frame.violations = judge.begin(header)
        guard !header.isControl else { return }
        let isCompressed = header.rsv1 && judge.message?.isCompressed == true
        if header.fin, message == nil, !isCompressed {
            state.messageCount &+= 1
            frame.wholeMessage = state.messageCount
            return
        }
        if header.opcode == .continuation, message != nil { return }
        if let open = message {
            // Two messages at once share a compression context in an order that nobody knows.
            inflation.lose()
            if header.fin { interrupted = open } else { abandon(open, .unfinished, at: time, &state, &sink) }
        }
        state.messageCount &+= 1
        message = MessageUnderWay(
            number: state.messageCount, header: header, isCompressed: isCompressed,
            began: frame.began.time)
    }

    private mutating func payload<Sink: EventSink>(
        _ bytes: Span<UInt8>, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        bytes.withUnsafeBufferPointer { buffer in
            let phase = Int(truncatingIfNeeded: decoder.payloadOffset)
            let plain = decoder.header.maskingKey.map { state.pool.unmask(buffer, $0, phase: phase) } ?? buffer
            frame.received &+= UInt64(plain.count)
            if !decoder.header.isControl { applicationData(plain, &state) }
            if decoder.payloadOffset == 0, decoder.remaining == 0 {
                finish(plain.span, at: time, &state, &sink)
                return
            }
            kept.append(plain, limit: state.limits.message, state.pool)
            guard decoder.remaining == 0 else { return }
            let whole = kept
            frame.isCut = whole.isCut
            kept = KeptBytes()
            finish(whole.bytes.span, at: time, &state, &sink)
            kept = whole
            kept.clear(state.pool)
        }
    }

    private mutating func applicationData(_ bytes: UnsafeBufferPointer<UInt8>, _ state: inout ConnectionState) {
        guard message != nil, frame.wholeMessage == nil else {
            if let violation = judge.applicationData(bytes.span, at: decoder.payloadOffset) {
                frame.violations.append(violation)
            }
            return
        }
        message?.wireBytes &+= UInt64(bytes.count)
        if message?.isCompressed == true {
            inflate(bytes.span, isLast: false, &state)
            return
        }
        if let violation = judge.applicationData(bytes.span, at: decoder.payloadOffset) { add(violation) }
        message?.applicationBytes &+= UInt64(bytes.count)
        message?.kept.append(bytes, limit: state.limits.message, state.pool)
    }

    private mutating func inflate(_ bytes: Span<UInt8>, isLast: Bool, _ state: inout ConnectionState) {
        guard var message else { return }
        self.message = nil
        let violations = inflation.inflate(bytes, isLast: isLast, &message, &judge, state)
        frame.violations += violations
        message.violations += violations
        self.message = message
    }

    private mutating func add(_ violation: Violation) {
        frame.violations.append(violation)
        message?.violations.append(violation)
    }

    /// The frame is complete.
    private mutating func finish<Sink: EventSink>(
        _ payload: Span<UInt8>, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        frame.isFinished = true
        let header = decoder.header
        guard !header.isControl else {
            finishControl(payload, at: time, &state, &sink)
            return
        }
        if let number = frame.wholeMessage {
            if let violation = judge.end() { frame.violations.append(violation) }
            tell(payload, answers: nil, at: time, &state, &sink)
            tellWholeMessage(number, payload, frame.hasHole ? .hole : nil, at: time, &state, &sink)
            return
        }
        if header.fin, message?.isCompressed == true { inflate(Span(), isLast: true, &state) }
        if let violation = judge.end() { add(violation) }
        tell(payload, answers: nil, at: time, &state, &sink)
        if header.fin { finishMessage(payload, at: time, &state, &sink) }
    }

    private mutating func finishControl<Sink: EventSink>(
        _ payload: Span<UInt8>, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        var answers: Event.Ping?
        let opcode = decoder.header.opcode
        if opcode == .pong { answers = state.pings[side.peer].pong(payload, at: time) }
        if opcode == .close, !frame.isCut { frame.violations += judge.closeBody(payload) }
        tell(payload, answers: answers, at: time, &state, &sink)
        switch opcode {
        case .ping:
            state.traffic[side].pings &+= 1
            state.pings[side].ping(payload, frame: state.frameCount, at: time, limit: state.limits.pings)
        case .close:
            let close = Closure.CloseFrame(frame: state.frameCount, time: time, payload: ClosePayload(payload))
            if state.closing.close(by: side, close) { state.emit(.closing(state.closure()), at: time, to: &sink) }
        case .continuation, .text, .binary, .pong, .reserved: break
        }
    }

    private mutating func finishMessage<Sink: EventSink>(
        _ payload: Span<UInt8>, at time: Timestamp, _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        guard var done = message else { return }
        message = interrupted
        interrupted = nil
        let event = done.event(side: side, truncation: done.truncation ?? (done.kept.isCut ? .limit : nil))
        state.traffic[side].messages &+= 1
        state.traffic[side].applicationBytes &+= done.applicationBytes
        state.emit(.message(event), at: time, payload: done.kept.bytes.span, to: &sink)
        done.kept.clear(state.pool)
    }

    /// A message of one frame that is not compressed: the payload of that frame.
    private func tellWholeMessage<Sink: EventSink>(
        _ number: UInt64, _ payload: Span<UInt8>, _ truncation: Event.Truncation?, at time: Timestamp,
        _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        if truncation != .unfinished {
            state.traffic[side].messages &+= 1
            state.traffic[side].applicationBytes &+= frame.received
        }
        let isCut = UInt64(payload.count) < frame.received
        let event = Event.Message(
            side: side, number: number, opcode: decoder.header.opcode, fragments: 1,
            frames: state.frameCount...state.frameCount, began: frame.began.time, wireBytes: frame.received,
            applicationBytes: frame.received, isCompressed: false, truncation: truncation ?? (isCut ? .limit : nil),
            violations: frame.violations.filter { $0.rule == .invalidUTF8 })
        state.emit(.message(event), at: time, payload: payload, to: &sink)
    }

    private func abandon<Sink: EventSink>(
        _ message: MessageUnderWay, _ truncation: Event.Truncation, at time: Timestamp,
        _ state: inout ConnectionState, _ sink: inout Sink
    ) {
        var message = message
        defer { message.kept.clear(state.pool) }
        guard message.fragments > 0 else { return }
        let event = message.event(side: side, truncation: message.truncation ?? truncation)
        state.emit(.message(event), at: time, payload: message.kept.bytes.span, to: &sink)
    }

    private mutating func tell<Sink: EventSink>(
        _ payload: Span<UInt8>, answers: Event.Ping?, at time: Timestamp, _ state: inout ConnectionState,
        _ sink: inout Sink
    ) {
        let header = decoder.header
        state.frameCount &+= 1
        state.traffic[side].frames &+= 1
        state.traffic[side].violations &+= UInt64(frame.violations.count)
        for violation in frame.violations { state.closing.violation(by: side, violation.rule) }
        var told = (message: frame.wholeMessage, fragment: 0, isCompressed: false)
        if !header.isControl, told.message == nil, message != nil {
            message!.addFrame(state.frameCount)
            told = (message!.number, message!.fragments - 1, message!.isCompressed)
        }
        let event = Event.Frame(
            side: side, number: state.frameCount, header: header, began: frame.began.time,
            location: frame.began.location, received: frame.received, message: told.message,
            fragment: told.fragment, isCompressed: told.isCompressed,
            violations: frame.violations, answers: answers, isGuess: isGuess)
        state.emit(.frame(event), at: time, payload: payload, to: &sink)
    }
}

/// A frame of an observed connection that is not complete.
private struct FrameUnderWay {
    let began: Beginning
    var received: UInt64 = 0
    var isFinished = false
    /// The number of the message that this frame is all of; nil where it is a part of one, or compressed.
    var wholeMessage: UInt64?
    var hasHole = false
    /// Not all of its payload was kept.
    var isCut = false
    var violations: [Violation] = []
}
