package import Connection
package import Wire

/// One side of a raw TCP connection that does what its lines say, be it right or wrong, and tells a tap every byte.
package actor RawPeer {
    package let side: Side
    /// The opening handshake is done: a 101 was sent, or came.
    package private(set) var isOpen = false
    package private(set) var hasEnded = false

    private let connection: RawConnection
    private let tap: (any Tap)?
    private var id: ConnectionID?
    private let keys: @Sendable () -> MaskingKey
    private var http = HTTPHeadDecoder()
    private var head: HTTPHead?
    private var decoder = FrameDecoder()
    private var payload: [UInt8] = []
    /// Frames that came and that no line has waited for yet.
    private var frames: [(opcode: Opcode, payload: [UInt8])] = []
    private var isPaused = false
    /// What it answers by itself.
    private var habits = Habits()
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var hasSentClose = false
    /// What is being sent, behind everything before it.
    private var sending: Task<Void, Never>?

    /// What a peer does without being told.
    package struct Habits: Sendable {
        package var answersPing = false
        package var answersClose = false

        package init() {}
    }

    /// The most frames that wait for a line; further ones are forgotten, the oldest first.
    private static let frameLimit = 1024
    /// What is kept of a payload.
    private static let payloadLimit = 1 << 20

    /// - Parameters:
    ///   - tap: Told everything; nil where the other side tells it.
    ///   - keys: Gives a masking key for each frame of a client that has none of its own.
    package init(_ connection: RawConnection, side: Side, tap: (any Tap)?, keys: @escaping @Sendable () -> MaskingKey) {
        self.connection = connection
        self.side = side
        self.tap = tap
        self.keys = keys
        if let tap, let ports = connection.ports {
            let (client, server) = side == .client ? (ports.local, ports.remote) : (ports.remote, ports.local)
            id = tap.open(
                Opening(client: .loopback(client), server: .loopback(server), source: "lab"), at: Clock.now())
        }
    }

    /// Random keys.
    package init(_ connection: RawConnection, side: Side, tap: (any Tap)?) {
        self.init(connection, side: side, tap: tap) { MaskingKey(word: UInt32.random(in: .min ... .max)) }
    }

    package func behave(_ habits: Habits) { self.habits = habits }
}

// MARK: - Out

extension RawPeer {
    /// Does what the line says. Returns when it is done; what it waits for, it waits for as long as the connection is
    /// there.
    package func perform(_ line: RawLine) async {
        switch line {
        case .bytes(let bytes): await send(bytes)
        case .frames(let specs): await send(specs.flatMap { bytes(of: $0) })
        case .bytewise(let bytes):
            for byte in bytes {
                await send([byte])
                // Each byte is to travel alone; without a pause the system may join them.
                try? await Task.sleep(for: .milliseconds(2))
            }
        case .await(let opcode): _ = await next { $0 == opcode }
        case .echo: await echo()
        case .silent: habits = Habits()
        case .pause:
            isPaused = true
            await connection.readAhead(false)
        case .resume: await resume()
        case .fin:
            await connection.closeOutput()
            note(.fin(from: side))
        case .abort:
            note(.reset(from: side))
            await connection.abort()
        case .wait(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
        case .note(let text): note(.effect(text))
        case .wrong: break
        }
    }

    package func bytes(of spec: FrameSpec) -> [UInt8] {
        if spec.opcode == .close { hasSentClose = true }
        return spec.bytes(key: side == .client ? keys() : nil)
    }

    /// One after the other: a Pong must not come to lie inside a long frame that is still being written.
    package func send(_ bytes: [UInt8]) async {
        guard !bytes.isEmpty, !hasEnded else { return }
        let earlier = sending
        let mine = Task {
            await earlier?.value
            await self.write(bytes)
        }
        sending = mine
        await mine.value
    }

    private func write(_ bytes: [UInt8]) async {
        guard !hasEnded else { return }
        await tell(bytes, from: side)
        _ = await connection.send(bytes, until: RawPeer.farAway())
    }

    private func echo() async {
        guard let frame = await next({ $0 == .text || $0 == .binary }) else { return }
        await send(bytes(of: FrameSpec(frame.opcode, frame.payload)))
    }

    private func resume() async {
        isPaused = false
        await connection.readAhead(true)
        wake()
    }

    /// Ends it, whatever it was doing.
    package func end() async {
        hasEnded = true
        isPaused = false
        note(.fin(from: side))
        await connection.close()
        wake()
    }

    package func note(_ kind: Segment.Kind) {
        if let id { tap?.note(id, kind, at: Clock.now()) }
    }

    /// A deadline that nobody reaches.
    private static func farAway() -> Timestamp { Clock.now().adding(nanoseconds: 3_600_000_000_000) }

    private func tell(_ bytes: [UInt8], from side: Side) async {
        guard let tap, let id else { return }
        let demand = bytes.withUnsafeBytes { tap.bytes(id, from: side, at: Clock.now(), $0) }
        guard demand == .pause else { return }
        await withCheckedContinuation { continuation in tap.whenDrained { continuation.resume() } }
    }
}

// MARK: - In

extension RawPeer {
    /// Reads until the connection ends. To be run beside what the peer does.
    package func read() async {
        while !hasEnded {
            if isPaused {
                await something()
                continue
            }
            switch await connection.receive(until: RawPeer.farAway()) {
            case .bytes(let bytes):
                await tell(bytes, from: side.peer)
                await take(bytes)
            case .silence: continue
            case .ended(let end):
                told(end)
                hasEnded = true
            }
            wake()
        }
        await connection.close()
        wake()
    }

    private func told(_ end: RawConnection.End) {
        guard !hasEnded else { return }
        switch end {
        case .fin:
            note(.fin(from: side.peer))
            note(.fin(from: side))
        case .reset: note(.reset(from: side.peer))
        case .lost: note(.fin(from: side))
        }
    }

    private func take(_ bytes: [UInt8]) async {
        var offset = 0
        if head == nil, case .head(let head)? = http.next(bytes.span, at: &offset) {
            self.head = head
            isOpen = side == .client && head.status == 101
            // An answer that is no 101: the next head is that of the next answer.
            if side == .client, !isOpen {
                self.head = nil
                http = HTTPHeadDecoder()
                return
            }
        }
        guard head != nil, isOpen || side == .server else { return }
        while let step = decoder.next(bytes.span, at: &offset) {
            switch step {
            case .header: payload = []
            case .payload(let range):
                if payload.count < RawPeer.payloadLimit { payload += bytes[range] }
            case .end: await finishFrame()
            }
        }
    }

    private func finishFrame() async {
        let header = decoder.header
        if let key = header.maskingKey { payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        if frames.count == RawPeer.frameLimit { frames.removeFirst() }
        frames.append((header.opcode, payload))
        if header.opcode == .ping, habits.answersPing { await send(bytes(of: FrameSpec(.pong, payload))) }
        if header.opcode == .close, habits.answersClose { await answerClose() }
    }

    private func answerClose() async {
        if !hasSentClose { await send(bytes(of: FrameSpec(.close, Array(payload.prefix(2))))) }
        // "the server … MUST … close the TCP connection" first, §7.1.1.
        if side == .server { await connection.closeOutput() }
    }

    /// A Close that came while nobody answered it.
    package func catchUp() async {
        if habits.answersClose, frames.contains(where: { $0.opcode == .close }), !hasEnded { await answerClose() }
    }

    /// Waits for a frame, and forgets those before it.
    private func next(_ isWanted: (Opcode) -> Bool) async -> (opcode: Opcode, payload: [UInt8])? {
        while true {
            if let index = frames.firstIndex(where: { isWanted($0.opcode) }) {
                let frame = frames[index]
                frames.removeFirst(index + 1)
                return frame
            }
            if hasEnded { return nil }
            await something()
        }
    }

    /// The request, or the answer with 101; nil where the connection ends first.
    package func nextHead() async -> HTTPHead? {
        while head == nil, !hasEnded { await something() }
        return head
    }

    private func something() async {
        await withCheckedContinuation { waiting.append($0) }
    }

    private func wake() {
        let woken = waiting
        waiting = []
        for continuation in woken { continuation.resume() }
    }
}
