import Wire

/// What both directions of an observed connection share.
struct ConnectionState {
    let id: ConnectionID
    let limits: ObserverLimits
    let pool: BufferPool
    var frameCount: UInt64 = 0
    var messageCount: UInt64 = 0
    var traffic = BothSides(Traffic())
    /// The Pings of each side that wait for the other's Pong.
    var pings = BothSides(PingLedger())
    var closing: ClosingRecord

    func emit<Sink: EventSink>(
        _ kind: consuming Event.Kind, at time: Timestamp, payload: Span<UInt8> = Span(), to sink: inout Sink
    ) {
        sink.receive(Event(connection: id, time: time, kind: kind), payload: payload)
    }

    func closure() -> Closure { closing.closure(traffic: traffic) }
}

/// When and where something began.
struct Beginning {
    var time: Timestamp
    var location: Event.Location?

    init(_ segment: Segment, offset: Int) {
        time = segment.time
        location = segment.location.map { Event.Location(segment: $0, offset: offset) }
    }
}
