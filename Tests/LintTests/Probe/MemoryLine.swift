import Connection
import Lint
import Wire

/// A line to a server in memory: the server's endpoint, and what it has sent that was not received yet.
final class MemoryLine: ProbeLine {
    private let server: MemoryServer
    private var endpoint: Endpoint
    private var decoder = FrameDecoder()
    /// Of the client's bytes, what the server has not read because too much waits for the client.
    private(set) var unread: [UInt8] = []
    private var out: [UInt8] = []
    private var end: LineEnd?
    private var isReadingAhead = true
    private var isCounted = false

    init(_ server: MemoryServer) {
        self.server = server
        endpoint = Endpoint(limits: server.traits.limits, timing: server.traits.timing, now: server.time)
    }

    var isOver: Bool { end != nil }
    private var isOpen: Bool { endpoint.state == .open && end == nil }

    // MARK: ProbeLine

    func send(_ bytes: [UInt8], until deadline: Timestamp) async -> LineSent {
        guard end == nil else { return .ended }
        // A message on the way takes time, so that whoever counts messages a second finds something.
        server.pass(to: server.time.adding(nanoseconds: 10_000))
        if isPaused {
            unread += bytes
            guard unread.count > 1 << 18 else { return .all }
            server.pass(to: deadline)
            return .stalled(0)
        }
        take(bytes)
        return .all
    }

    func receive(until deadline: Timestamp) async -> LineReceived {
        if let received = receiveNow() { return received }
        // Step by step, so that the endpoint's deadlines come in their order.
        while server.time < deadline {
            let next = [endpoint.deadline, server.busyUntil].compactMap { $0 }.filter { $0 > server.time }.min()
            server.pass(to: min(next ?? deadline, deadline))
            if let received = receiveNow() { return received }
        }
        return .silence
    }

    func readAhead(_ isOn: Bool) async { isReadingAhead = isOn }

    func close() async {
        guard end == nil else { return }
        end = .lost("closed here")
        _ = endpoint.inputEnded(now: server.time)
    }

    private func receiveNow() -> LineReceived? {
        if !out.isEmpty, server.time >= server.busyUntil {
            let bytes = out
            out = []
            resume()
            return .bytes(bytes)
        }
        return end.map { .ended($0) }
    }

    // MARK: The server's side

    /// The server reads nothing of a client for whom too much waits.
    private var isPaused: Bool { !isReadingAhead && out.count > server.traits.kept }

    private func resume() {
        let waiting = unread
        unread = []
        if !waiting.isEmpty { take(waiting) }
    }

    private func take(_ bytes: [UInt8]) {
        var bytes = bytes
        if isOpen { bytes = filtered(bytes) }
        bytes.withUnsafeMutableBytes { buffer in
            var cursor = 0
            while end == nil, let reaction = endpoint.next(in: buffer, at: &cursor, now: server.time) {
                react(reaction)
            }
        }
        flush()
    }

    func wake() {
        if let reaction = endpoint.wake(at: server.time) { react(reaction) }
        flush()
    }

    func lose() {
        if end == nil { end = .reset }
    }

    private func react(_ reaction: Reaction) {
        switch reaction {
        case .requested: answer()
        case .message(_, let payload): act(on: Array(payload))
        case .failed: spoil()
        case .opened, .ping, .pong, .closed: break
        }
    }

    private func answer() {
        guard let request = endpoint.request else { return }
        let isFull = server.openLines.count > server.traits.mostConnections
        let status = isFull ? 503 : server.traits.status(request)
        if status == 101 {
            endpoint.accept(
                subprotocol: server.traits.subprotocol(request), compression: server.traits.compression,
                now: server.time)
        } else {
            endpoint.refuse(status: status, body: "no\n", now: server.time)
        }
        let text = server.traits.answer(String(decoding: taken(), as: UTF8.self))
        out += Array(text.utf8)
    }

    private func act(on message: [UInt8]) {
        switch server.traits.onMessage(message) {
        case .nothing: break
        case .send(let reply): write(reply)
        case .broadcast(let reply): for line in server.openLines where line !== self { line.write(reply) }
        case .close(let code, let reason): endpoint.close(code, reason: reason, now: server.time)
        case .drop: end = .fin
        case .die: server.die()
        case .block(let seconds): server.block(seconds)
        }
    }

    private func write(_ reply: [UInt8]) {
        guard isOpen else { return }
        reply.withUnsafeBytes { _ = endpoint.write(.text, $0, compressing: false, to: &out) }
    }

    private func taken() -> [UInt8] {
        var bytes: [UInt8] = []
        endpoint.takeOutput(into: &bytes)
        return bytes
    }

    private func flush() {
        var bytes = taken()
        if !isOpen, endpoint.state == .connecting || bytes.isEmpty { out += bytes } else { out += withPongs(&bytes) }
        switch endpoint.tcp {
        case .keep: break
        case .finish, .abort: if !server.traits.keepsTCP, end == nil { end = .fin }
        }
    }
}

/// Faults.
extension MemoryLine {
    /// Without what a tolerant server passes over. Every violation of the probe comes in one piece.
    private func filtered(_ bytes: [UInt8]) -> [UInt8] {
        guard server.traits.isTolerant || server.traits.ignoresCloses else { return bytes }
        guard let header = FrameHeader.read(bytes.span, at: 0) else { return bytes }
        if header.opcode == .close {
            return server.traits.ignoresCloses || isBadClose(header, bytes) ? [] : bytes
        }
        return server.traits.isTolerant && isViolation(bytes) ? [] : bytes
    }

    private func isViolation(_ bytes: [UInt8]) -> Bool {
        var judge = FrameJudge(sender: .client, isCompressionAgreed: endpoint.compression != nil)
        var decoder = FrameDecoder()
        var cursor = 0
        var isBroken = false
        while let step = decoder.next(bytes.span, at: &cursor) {
            switch step {
            case .header(let header): isBroken = isBroken || !judge.begin(header).isEmpty
            case .payload(let range):
                var payload = Array(bytes[range])
                if let key = decoder.header.maskingKey { payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
                isBroken = isBroken || judge.applicationData(payload.span, at: 0) != nil
            case .end: isBroken = isBroken || judge.end() != nil
            }
        }
        return isBroken
    }

    private func isBadClose(_ header: FrameHeader, _ bytes: [UInt8]) -> Bool {
        guard server.traits.isTolerant, header.payloadLength < 126 else { return false }
        var body = Array(bytes[header.size...])
        if let key = header.maskingKey { body.withUnsafeMutableBytes { Masking.apply(key, to: $0) } }
        switch ClosePayload(body.span) {
        case .empty: return false
        case .truncated: return true
        case .status(let code, _): return !code.isAllowedOnWire
        }
    }

    /// The wrong code in the Close for a violation.
    private func spoil() {
        guard let code = server.traits.closeCode else { return }
        _ = taken()
        out += ClientFrame.bytes(.close, ClosePayload(code).bytes, key: nil)
    }

    /// What the server sends, with its Pongs as the traits want them.
    private func withPongs(_ bytes: inout [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var decoder = FrameDecoder()
        var cursor = 0
        var start = 0
        var payload = 0..<0
        while let step = decoder.next(bytes.span, at: &cursor) {
            switch step {
            case .header: payload = cursor..<cursor
            case .payload(let range): payload = payload.lowerBound..<range.upperBound
            case .end:
                if decoder.header.opcode == .pong {
                    let body = server.traits.pong(Array(bytes[payload]))
                    result += body.map { ClientFrame.bytes(.pong, $0, key: nil) } ?? []
                } else {
                    result += bytes[start..<cursor]
                }
                start = cursor
            }
        }
        return result + bytes[start...]
    }
}
