import Wire

/// One connection of others, as an observer follows it: HTTP up to the opening handshake, frames behind it.
struct ObservedConnection {
    var state: ConnectionState
    private(set) var isOver = false

    var phases = BothSides(Phase.http)
    var http: BothSides<HTTPReader>
    var frames = BothSides<FrameReader?>(nil)
    /// Requests that were not answered yet, the oldest first.
    var requests: [Event.Head] = []
    /// What the client sent behind its opening handshake before the server answered.
    private var early: [(segment: Segment, offset: Int, bytes: [UInt8])] = []
    var headBegan = BothSides<Beginning?>(nil)
    var compression: DeflateParameters?
    var isMidstream = false
    private var last: Timestamp
    /// Which reasons not to decode were told.
    private var told = BothSides<Set<Event.Undecoded>>([])

    enum Phase {
        case http
        /// The client asked for another protocol; what it sends now depends on the answer.
        case waiting
        case frames
        case undecoded(Event.Undecoded)
    }

    init(_ state: ConnectionState) {
        self.state = state
        last = state.closing.opened
        http = BothSides(HTTPReader(limits: state.limits.head))
    }

    mutating func receive<Sink: EventSink>(_ segment: Segment, _ bytes: Span<UInt8>, _ sink: inout Sink) {
        last = segment.time
        switch segment.kind {
        case .opened(let opening):
            isMidstream = opening.isMidstream
            state.emit(.opened(opening), at: segment.time, to: &sink)
        case .bytes(let side):
            state.traffic[side].bytes &+= UInt64(bytes.count)
            guess(bytes, segment, from: side, &sink)
            read(bytes, from: 0, segment, side, &sink)
        case .hole(let side, let count): hole(count, from: side, at: segment.time, &sink)
        case .effect(let text):
            state.emit(.effect(text), at: segment.time, payload: Array(text.utf8).span, to: &sink)
        case .fin(let side):
            state.emit(.fin(from: side), at: segment.time, to: &sink)
            end(side, .fin, at: segment.time, &sink)
        case .reset(let side):
            state.emit(.reset(from: side), at: segment.time, to: &sink)
            end(side, .reset, at: segment.time, &sink)
        }
    }

    /// Nothing follows.
    mutating func finish<Sink: EventSink>(_ sink: inout Sink) {
        isOver = true
        release(.beforeAnswer, at: last, &sink)
        for side in Side.allCases { abort(side, .unfinished, at: last, &sink) }
        state.emit(.closed(state.closure()), at: last, to: &sink)
    }
}

/// The end, and what is missing.
extension ObservedConnection {
    private mutating func end<Sink: EventSink>(
        _ side: Side, _ kind: Closure.TCPEnd.Kind, at time: Timestamp, _ sink: inout Sink
    ) {
        let isNews = state.closing.end(by: side, Closure.TCPEnd(kind: kind, time: time))
        switch phases[side] {
        case .waiting: break  // What it sent early can still be read when the answer comes.
        case .http, .frames, .undecoded:
            abort(side, .unfinished, at: time, &sink)
            phases[side] = .undecoded(.afterEnd)
        }
        if state.closing.isOver {
            finish(&sink)
        } else if isNews {
            state.emit(.closing(state.closure()), at: time, to: &sink)
        }
    }

    private mutating func abort<Sink: EventSink>(
        _ side: Side, _ truncation: Event.Truncation, at time: Timestamp, _ sink: inout Sink
    ) {
        let cut = frames[side]?.abort(truncation, at: time, &state, &sink) ?? http[side].pendingCount
        frames[side] = nil
        http[side] = HTTPReader(limits: state.limits.head)
        if cut > 0 { undecoded(cut, .cutHeader, from: side, at: time, &sink) }
    }

    private mutating func hole<Sink: EventSink>(
        _ count: UInt64?, from side: Side, at time: Timestamp, _ sink: inout Sink
    ) {
        state.emit(.hole(from: side, count: count), at: time, to: &sink)
        switch phases[side] {
        case .undecoded: return
        case .http: if let count, http[side].skip(count) { return }
        case .frames: if let count, frames[side]?.skip(count) == true { return }
        case .waiting: break
        }
        abort(side, .hole, at: time, &sink)
        phases[side] = .undecoded(.afterHole)
        // What is missing may have been a Close.
        if state.closing.wasEstablished { state.closing.isBlind[side] = true }
        if side == .server, case .waiting = phases.client {
            // Nobody knows what the answer was.
            phases.client = .undecoded(.afterHole)
            release(.afterHole, at: time, &sink)
        }
    }

    mutating func undecoded<Sink: EventSink>(
        _ count: Int, _ reason: Event.Undecoded, from side: Side, at time: Timestamp, _ sink: inout Sink
    ) {
        state.traffic[side].undecodedBytes &+= UInt64(count)
        if state.closing.wasEstablished { state.closing.isBlind[side] = true }
        guard told[side].insert(reason).inserted else { return }
        state.emit(.undecoded(from: side, reason), at: time, to: &sink)
    }

    private mutating func guess<Sink: EventSink>(
        _ bytes: Span<UInt8>, _ segment: Segment, from side: Side, _ sink: inout Sink
    ) {
        guard state.limits.guesses else { return }
        switch phases[side] {
        case .undecoded(.midstream), .undecoded(.afterHole): break
        case .http where isMidstream && http[side].isBetweenHeads: break
        case .http, .waiting, .frames, .undecoded: return
        }
        guard FrameGuess.isPlausible(bytes, from: side) else { return }
        state.emit(.guessed(from: side), at: segment.time, to: &sink)
        speakInFrames(side, Beginning(segment, offset: 0), isGuess: true)
    }

    mutating func speakInFrames(_ side: Side, _ first: Beginning, isGuess: Bool = false) {
        state.closing.wasEstablished = true
        phases[side] = .frames
        frames[side] = FrameReader(side: side, compression: compression, isGuess: isGuess, first: first)
    }
}

/// Bytes.
extension ObservedConnection {
    private mutating func read<Sink: EventSink>(
        _ bytes: Span<UInt8>, from start: Int, _ segment: Segment, _ side: Side, _ sink: inout Sink
    ) {
        var offset = start
        while offset < bytes.count {
            switch phases[side] {
            case .http: readHTTP(bytes, at: &offset, segment, side, &sink)
            case .waiting:
                hold(bytes, from: offset, segment, &sink)
                offset = bytes.count
            case .frames:
                if frames[side]?.read(bytes, at: &offset, segment, &state, &sink) == true { continue }
                abort(side, .unfinished, at: segment.time, &sink)
                phases[side] = .undecoded(.midstream)
            case .undecoded(let reason):
                undecoded(bytes.count - offset, reason, from: side, at: segment.time, &sink)
                offset = bytes.count
            }
        }
    }

    /// Keeps what the client sends behind its opening handshake until the server answers.
    private mutating func hold<Sink: EventSink>(
        _ bytes: Span<UInt8>, from offset: Int, _ segment: Segment, _ sink: inout Sink
    ) {
        let held = early.reduce(0) { $0 + $1.bytes.count }
        if held + bytes.count <= state.limits.early, early.count < 1024 {
            let granted = state.pool.take(bytes.count)
            if granted == bytes.count {
                early.append((segment, offset, bytes.array))
                return
            }
            state.pool.give(granted)
        }
        release(.beforeAnswer, at: segment.time, &sink)
        phases.client = .undecoded(.beforeAnswer)
        undecoded(bytes.count - offset, .beforeAnswer, from: .client, at: segment.time, &sink)
    }

    /// Gives up on what the client sent early.
    private mutating func release<Sink: EventSink>(_ reason: Event.Undecoded, at time: Timestamp, _ sink: inout Sink) {
        let count = early.reduce(0) { $0 + $1.bytes.count - $1.offset }
        state.pool.give(early.reduce(0) { $0 + $1.bytes.count })
        early = []
        if count > 0 { undecoded(count, reason, from: .client, at: time, &sink) }
    }

    /// Reads what the client sent early, now that it is known what it means.
    mutating func readEarly<Sink: EventSink>(_ sink: inout Sink) {
        let held = early
        early = []
        for (segment, offset, bytes) in held {
            state.pool.give(bytes.count)
            read(bytes.span, from: offset, segment, .client, &sink)
        }
    }
}
