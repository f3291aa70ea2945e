package import Connection
package import Wire

/// What is known of a connection while its rules judge it.
///
/// What changes with every frame is `@exclusivity(unchecked)`: nothing here calls out while it changes one of these, so
/// two accesses cannot overlap, and checking that would cost more than the change.
package final class LintedConnection {
    package let id: ConnectionID
    package private(set) var opening: Opening?
    /// The opening handshake's request; nil where the recording begins after it.
    package private(set) var request: Event.Head?
    package private(set) var response: Event.Head?
    package private(set) var handshake: Event.Handshake?
    /// The request's path without its query, safe text; nil where it is not known.
    package private(set) var path: String?
    package private(set) var established: Timestamp?
    /// The server's answer names an extension that is not known here, or is faulty: nobody knows what frames mean.
    package private(set) var areExtensionsUnclear = false
    /// When its first event came.
    package let began: Timestamp
    /// When its last event came.
    @exclusivity(unchecked) package private(set) var last: Timestamp
    @exclusivity(unchecked) package private(set) var lastFrame: BothSides<Timestamp?> = BothSides(nil)
    @exclusivity(unchecked) package private(set) var frames: BothSides<UInt64> = BothSides(0)
    @exclusivity(unchecked) package private(set) var messages: BothSides<UInt64> = BothSides(0)
    /// Bytes of that side are missing, or could not be decoded, or not for certain: what it did not send, nobody knows.
    package private(set) var isIncomplete = BothSides(false)
    /// The opcodes that side has used: the bit of each value, 1 << 0x9 for a Ping.
    @exclusivity(unchecked) package private(set) var opcodes = BothSides<UInt16>(0)
    /// Since when a Ping of that side waits for its Pong; nil where none does.
    @exclusivity(unchecked) package private(set) var pingWaiting = BothSides<Timestamp?>(nil)
    @exclusivity(unchecked) private var newestPing = BothSides<(frame: UInt64, sent: Timestamp)?>(nil)
    /// That side broke a rule for which the other one fails the connection, RFC 6455 §7.1.7: what is missing then, or
    /// comes too early, follows from it.
    package private(set) var hasFaults = BothSides(false)
    /// Its Close was faulty: the other side fails the connection, and nobody knows whether it was meant as a Close.
    package private(set) var hasFaultyClose = BothSides(false)
    /// What was wrong with the framing of the first faulty frame of that side.
    private var framingFault = BothSides<Violation.Rule?>(nil)
    /// How it ended, as soon as that began.
    package private(set) var closure: Closure?
    /// It is over: an end was seen, and the recording did not just stop.
    package var hasEnded: Bool { closure?.firstToEnd != nil }

    private var requestCredentials: [Credential]?
    @exclusivity(unchecked) private var scanned = (message: UInt64(0), scan: PayloadScan?.none)
    /// Messages count from 1.
    @exclusivity(unchecked) private var sketched = (message: UInt64(0), isObject: false, sketch: JSONSketch())
    @exclusivity(unchecked) private var understood: (message: UInt64, gist: MessageGist)?

    init(_ id: ConnectionID, at time: Timestamp) {
        self.id = id
        began = time
        last = time
    }

    /// The recording begins inside it, so that its opening handshake is unknown.
    package var isMidstream: Bool { opening?.isMidstream == true || (request == nil && handshake == nil) }

    /// Nanoseconds since the connection was established, or since its first event where that was not seen.
    package var age: Int64 { last.since(established ?? began) }

    /// Nanoseconds, in words: "3 s".
    package var ageInWords: String { Words.duration(age) }

    func follow(_ event: borrowing Event) {
        last = max(last, event.time)
        switch event.kind {
        case .opened(let opening):
            self.opening = opening
            if opening.isMidstream { isIncomplete = BothSides(true) }
        case .head(let head) where head.isHandshake: follow(head)
        case .head: break
        case .established(let handshake):
            self.handshake = handshake
            established = event.time
            areExtensionsUnclear = LintedConnection.areExtensionsUnclear(handshake)
        case .frame(let frame):
            frames[frame.side] &+= 1
            lastFrame[frame.side] = event.time
            opcodes[frame.side] |= 1 << UInt16(frame.header.opcode.bits)
            if frame.isGuess { isIncomplete[frame.side] = true }
            if frame.header.isControl { follow(control: frame, at: event.time) }
            if !frame.violations.isEmpty { follow(violationsOf: frame) }
        case .message(let message): messages[message.side] &+= 1
        case .guessed(let side), .undecoded(let side, _), .hole(let side, _): isIncomplete[side] = true
        case .effect, .fin, .reset: break
        case .closing(let closure), .closed(let closure): self.closure = closure
        }
    }

    private func follow(_ head: Event.Head) {
        switch head.side {
        case .client:
            request = head
            requestCredentials = nil
            response = nil
            path = head.head.target.map { target in
                SafeText.escape(String(Credential.path(of: target).prefix(200)))
            }
        case .server: response = head
        }
    }

    /// What in the request may tell who the client is. Looked for once.
    package var credentials: [Credential] {
        if let requestCredentials { return requestCredentials }
        let found = request.map { Credential.all(in: $0.head) } ?? []
        requestCredentials = found
        return found
    }

    private static func areExtensionsUnclear(_ handshake: Event.Handshake) -> Bool {
        let values = handshake.response.values("Sec-WebSocket-Extensions")
        guard !values.isEmpty else { return false }
        guard handshake.compression != nil, let names = try? ExtensionOffer.parse(values).get() else { return true }
        return !names.allSatisfy { $0.name == DeflateParameters.name }
    }

    private func follow(control frame: Event.Frame, at time: Timestamp) {
        switch frame.header.opcode {
        case .ping:
            newestPing[frame.side] = (frame.number, time)
            if pingWaiting[frame.side] == nil { pingWaiting[frame.side] = time }
        case .pong:
            guard let answered = frame.answers, let newest = newestPing[frame.side.peer] else { return }
            pingWaiting[frame.side.peer] = answered.frame < newest.frame ? newest.sent : nil
        case .continuation, .text, .binary, .close, .reserved: break
        }
    }

    /// Bytes that are no frames, for the length of one before was wrong, look like frames with one fault or another. So
    /// a fault of framing that a side's first faulty frame had not says that the place where its frames begin is lost.
    private func follow(violationsOf frame: Event.Frame) {
        let violations = frame.violations.lazy.map(\.rule).filter { !$0.isLimit }
        guard !violations.isEmpty else { return }
        if frame.header.opcode == .close, violations.contains(where: { $0 != .frameAfterClose }) {
            hasFaultyClose[frame.side] = true
        }
        let fault = violations.first(where: \.isOfFraming)
        if !hasFaults[frame.side] {
            framingFault[frame.side] = fault
        } else if let fault, fault != framingFault[frame.side] {
            isIncomplete[frame.side] = true
        }
        hasFaults[frame.side] = true
    }

    /// What a text message gives away; nil where that is nothing, or the message is binary. Looked for once a message.
    package func scan(_ message: Event.Message, _ payload: Span<UInt8>) -> PayloadScan? {
        if scanned.message != message.number {
            scanned.message = message.number
            scanned.scan = nil
            if message.opcode == .text {
                let scan = PayloadScan(payload)
                if !scan.isEmpty { scanned.scan = scan }
            }
        }
        return scanned.scan
    }

    /// The top level of a text message that is a JSON object; nil for everything else. Looked for once a message.
    package func sketch(_ message: Event.Message, _ payload: Span<UInt8>) -> JSONSketch? {
        if sketched.message != message.number {
            sketched.message = message.number
            sketched.isObject = message.opcode == .text && sketched.sketch.read(payload)
        }
        return sketched.isObject ? sketched.sketch : nil
    }

    /// What a text message is for; nothing for one that is binary. Looked for once a message.
    package func gist(_ message: Event.Message, _ payload: Span<UInt8>) -> MessageGist {
        guard message.opcode == .text else { return .none }
        if let understood, understood.message == message.number { return understood.gist }
        var gist = MessageGist(payload, sketch(message, payload))
        if gist.beat == nil, payload.count == 1, speaksEngineIO { gist.beat = MessageGist.engineIO(payload[0]) }
        understood = (message.number, gist)
        return gist
    }

    /// Socket.IO's transport, whose heartbeats are single digits.
    private var speaksEngineIO: Bool { request?.head.target?.has("EIO=") == true }
}

/// Places in this connection.
extension LintedConnection {
    /// A frame, or bits of it.
    package func place(of frame: Event.Frame, bits: Range<Int>? = nil, until end: Timestamp? = nil) -> WirePlace {
        var place = place(
            side: frame.side, frame: frame.number, bits: bits, from: frame.began,
            until: max(end ?? frame.began, frame.began),
            location: frame.location)
        place.excerpt = .frame(frame.header)
        return place
    }

    package func place(of message: Event.Message) -> WirePlace {
        place(side: message.side, frame: message.frames.upperBound, from: message.began, until: last)
    }

    /// The head of a request or response, or a field of it.
    package func place(of head: Event.Head, field: String? = nil) -> WirePlace {
        var place = place(side: head.side, field: field, from: head.began, until: last, location: head.location)
        place.excerpt = .lines(of: field, in: head.head)
        return place
    }

    /// Anything else.
    package func place(
        side: Side? = nil, frame: UInt64? = nil, bits: Range<Int>? = nil, field: String? = nil,
        from start: Timestamp? = nil,
        until end: Timestamp? = nil, location: Event.Location? = nil
    ) -> WirePlace {
        let start = start ?? established ?? began
        return WirePlace(
            connection: id, path: path, side: side, frame: frame, bits: bits, field: field,
            time: start...max(start, end ?? last), location: location)
    }
}
