import Wire

/// One direction of a connection that speaks HTTP: heads are told, bodies are skipped, RFC 9112 §6.
struct HTTPReader {
    enum Step {
        case head(HTTPHead)
        case failed(Event.Undecoded)
    }

    private var decoder: HTTPHeadDecoder
    private var body = HTTPBody.none
    private let limits: HTTPLimits

    init(limits: HTTPLimits) {
        self.limits = limits
        decoder = HTTPHeadDecoder(limits: limits)
    }

    /// The bytes of a head that is not complete.
    var pendingCount: Int { decoder.pending.count }

    /// Whether the next byte belongs to a head of which nothing has come.
    var isBetweenHeads: Bool { body.isDone && decoder.pending.isEmpty }

    /// After a head was told, says what follows it before the next one.
    mutating func expect(_ body: HTTPBody) {
        self.body = body
    }

    /// Bytes that nobody has were sent here.
    /// - Returns: False where that leaves it unknown what comes next.
    mutating func skip(_ count: UInt64) -> Bool {
        body.skip(count)
    }

    /// Reads on up to the end of a body, of a head, or of `bytes`; the step, if there is one.
    mutating func next(_ bytes: Span<UInt8>, at offset: inout Int) -> Step? {
        if !body.isDone {
            body.read(bytes, at: &offset)
            return nil
        }
        switch decoder.next(bytes, at: &offset) {
        case nil: return nil
        case .head(let head):
            decoder = HTTPHeadDecoder(limits: limits)
            return .head(head)
        case .tooLarge(let kind): return .failed(.headTooLarge(kind))
        case .notHTTP: return .failed(.notHTTP)
        }
    }
}
