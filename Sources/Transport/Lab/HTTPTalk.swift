internal import Connection
internal import Wire

/// One connection of a small HTTP server of a lab: requests one after the other, and frames behind an upgrade.
actor HTTPTalk {
    /// What to send to a request.
    enum Reply: Sendable {
        case answer(status: Int, fields: [(name: String, value: String)], body: String)
        /// A response without an end, whose pieces come from elsewhere.
        case stream(fields: [(name: String, value: String)], AsyncStream<String>)
        /// WebSocket: what is pushed, and what is answered to a text.
        case upgrade(push: AsyncStream<String>?, reply: @Sendable (String) async -> String?)
    }

    private let connection: RawConnection
    private let reply: @Sendable (HTTPHead, [UInt8]) async -> Reply
    private var bytes: [UInt8] = []
    private var pushing: Task<Void, Never>?
    private var isOver = false

    /// What a request or a message may have.
    private static let mostBytes = 64 << 10

    init(_ connection: RawConnection, reply: @escaping @Sendable (HTTPHead, [UInt8]) async -> Reply) {
        self.connection = connection
        self.reply = reply
    }

    func run() async {
        while !isOver, let request = await nextRequest() { await serve(request.head, request.body) }
        await stop()
    }

    func stop() async {
        isOver = true
        pushing?.cancel()
        await connection.close()
    }

    func cut() async {
        isOver = true
        pushing?.cancel()
        await connection.abort()
    }

    // MARK: HTTP

    private func nextRequest() async -> (head: HTTPHead, body: [UInt8])? {
        var decoder = HTTPHeadDecoder()
        while true {
            var offset = 0
            let step = decoder.next(bytes.span, at: &offset)
            bytes.removeFirst(offset)
            if case .head(let head)? = step {
                let length = head.values("Content-Length").first.flatMap { Int($0) } ?? 0
                guard (0...HTTPTalk.mostBytes).contains(length) else { return nil }
                while bytes.count < length { guard await more() else { return nil } }
                let body = Array(bytes.prefix(length))
                bytes.removeFirst(length)
                return (head, body)
            }
            guard step == nil, await more() else { return nil }
        }
    }

    private func more() async -> Bool {
        guard case .bytes(let more) = await connection.receive(until: HTTPTalk.later()) else { return false }
        bytes += more
        return true
    }

    private func serve(_ head: HTTPHead, _ body: [UInt8]) async {
        switch await reply(head, body) {
        case .answer(let status, let fields, let body): await answer(status, fields, body)
        case .stream(let fields, let pieces): await stream(fields, pieces)
        case .upgrade(let push, let reply): await upgrade(head, push, reply)
        }
    }

    private func answer(_ status: Int, _ fields: [(name: String, value: String)], _ body: String) async {
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let length = status == 304 || status == 204 ? "" : "Content-Length: \(body.utf8.count)\r\n"
        await send(Array("HTTP/1.1 \(status) \(HTTPTalk.phrase(status))\r\n\(lines)\(length)\r\n\(body)".utf8))
    }

    private func stream(_ fields: [(name: String, value: String)], _ pieces: AsyncStream<String>) async {
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        await send(Array("HTTP/1.1 200 OK\r\n\(lines)Transfer-Encoding: chunked\r\n\r\n".utf8))
        pushing = Task {
            for await piece in pieces {
                await self.send(Array("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n".utf8))
            }
        }
        // The client says no more on it; its end is the end.
        while await more() { bytes = [] }
        isOver = true
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        default: "Answer"
        }
    }

    private func send(_ bytes: [UInt8]) async {
        // A client that does not read is waited for, and no longer than a lab lasts.
        _ = await connection.send(bytes, until: HTTPTalk.later())
    }

    private static func later() -> Timestamp { Clock.now().adding(nanoseconds: 600_000_000_000) }
}

// MARK: - WebSocket

extension HTTPTalk {
    private func upgrade(
        _ head: HTTPHead, _ push: AsyncStream<String>?, _ reply: @escaping @Sendable (String) async -> String?
    ) async {
        let broken = OpeningHandshake.judge(request: head).filter(\.isBroken)
        if let first = broken.first {
            await answer(first.rule.refusal, [("Sec-WebSocket-Version", "13")], "\(first.text)\n")
            return
        }
        let key = head.values("Sec-WebSocket-Key").first ?? ""
        await send((try? OpeningHandshake.response(key: key)) ?? [])
        if let push {
            pushing = Task {
                for await text in push { await self.send(FrameSpec(.text, Array(text.utf8)).bytes(key: nil)) }
            }
        }
        await frames(reply)
        isOver = true
    }

    private func frames(_ reply: @Sendable (String) async -> String?) async {
        var decoder = FrameDecoder()
        var payload: [UInt8] = []
        while !isOver {
            var offset = 0
            while let step = decoder.next(bytes.span, at: &offset) {
                switch step {
                case .header(let header):
                    payload = []
                    if let code = HTTPTalk.refusal(of: header) { return await close(code) }
                case .payload(let range): payload += bytes[range]
                case .end:
                    if let key = decoder.header.maskingKey {
                        payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) }
                    }
                    guard await take(decoder.header.opcode, payload, reply) else { return }
                }
            }
            bytes = []
            guard await more() else { return }
        }
    }

    /// - Returns: False where the connection is over.
    private func take(
        _ opcode: Opcode, _ payload: [UInt8], _ reply: @Sendable (String) async -> String?
    ) async -> Bool {
        switch opcode {
        case .text:
            guard let text = String(validating: payload, as: UTF8.self) else {
                await close(.invalidPayload)
                return false
            }
            if let answer = await reply(text) {
                await send(FrameSpec(.text, Array(answer.utf8)).bytes(key: nil))
            }
        case .ping: await send(FrameSpec(.pong, payload).bytes(key: nil))
        case .close:
            await send(FrameSpec(.close, Array(payload.prefix(2))).bytes(key: nil))
            await connection.closeOutput()
            return false
        case .binary:
            await close(.unsupportedData)
            return false
        case .pong, .continuation, .reserved: break
        }
        return true
    }

    private func close(_ code: StatusCode) async {
        await send(FrameSpec(.close, ClosePayload(code).bytes).bytes(key: nil))
        await connection.closeOutput()
    }

    /// Why a frame is not taken: nil where it is.
    private static func refusal(of header: FrameHeader) -> StatusCode? {
        if !header.isMasked || header.rsv1 || header.rsv2 || header.rsv3 || header.opcode.isReserved {
            return .protocolError
        }
        if header.isControl, !header.fin || header.payloadLength > 125 { return .protocolError }
        // Whole messages only: what is spoken here is short.
        if !header.fin || header.opcode == .continuation { return .messageTooBig }
        return header.payloadLength > UInt64(mostBytes) ? .messageTooBig : nil
    }
}
