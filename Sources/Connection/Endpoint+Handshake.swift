package import Wire

/// The opening handshake, §4, inside the endpoint: the first frames may stand right behind it in the same bytes.
extension Endpoint {
    mutating func nextHead(
        in bytes: UnsafeMutableRawBufferPointer, at cursor: inout Int, now: Timestamp
    ) -> Reaction? {
        guard let step = headDecoder?.next(bytes.octets.span, at: &cursor) else { return nil }
        headDecoder = nil
        switch step {
        case .tooLarge(let kind): return failHandshake(.headTooLarge(kind), status: kind.status, "\(kind)\n", now: now)
        case .notHTTP:
            return failHandshake(
                .notHTTP, status: 400, "This is no HTTP/1.1 request, as a WebSocket connection begins with.\n", now: now
            )
        case .head(let head): return side == .server ? ask(head, now: now) : check(head, now: now)
        }
    }

    private mutating func ask(_ head: HTTPHead, now: Timestamp) -> Reaction {
        request = head
        enter(.asked, now: now)
        return .requested
    }

    /// Server: what the request breaks of §4.2.1; empty for one that may be accepted.
    package var brokenDemands: [Demand] {
        request.map { OpeningHandshake.judge(request: $0).filter(\.isBroken) } ?? []
    }

    /// Server: answers the request with 101. The caller has checked `brokenDemands`.
    /// - Parameters:
    ///   - subprotocol: One that the request offers, or nil.
    ///   - compression: What to agree to where the client offers permessage-deflate; nil for no compression.
    package mutating func accept(
        subprotocol: String? = nil, compression wanting: DeflateParameters? = DeflateParameters(), now: Timestamp
    ) {
        guard phase == .asked, let request, let key = request.values("Sec-WebSocket-Key").first else { return }
        let agreed = wanting.flatMap {
            DeflateParameters.negotiate(offers: request.values("Sec-WebSocket-Extensions"), wanting: $0)
        }
        do {
            output += try OpeningHandshake.response(key: key, subprotocol: subprotocol, extensions: agreed?.header)
        } catch {
            return refuse(status: 500, body: "\(error)\n", now: now)
        }
        self.subprotocol = subprotocol
        self.request = nil
        open(agreed?.parameters, now: now)
    }

    /// Server: answers the request with another status, and a text for whoever reads it.
    package mutating func refuse(
        status: Int, fields: [(name: String, value: String)] = [], body: String, now: Timestamp
    ) {
        guard phase == .asked || phase == .connecting else { return }
        output += (try? Endpoint.response(status: status, fields: fields, body: body)) ?? []
        failure = .answered(status: status)
        request = nil
        enter(.closed, now: now)
    }

    private mutating func open(_ compression: DeflateParameters?, now: Timestamp) {
        self.compression = compression
        judge = FrameJudge(sender: side.peer, isCompressionAgreed: compression != nil)
        lastKeepAlive = now
        enter(.open, now: now)
    }

    /// Client: "the client MUST validate the server's response", §4.1.
    private mutating func check(_ head: HTTPHead, now: Timestamp) -> Reaction {
        response = head
        guard let request else { return .failed }
        guard head.status == 101 else {
            return failHandshake(head.status.map { .refused(status: $0) } ?? .notHTTP, now: now)
        }
        let broken = OpeningHandshake.judge(response: head, to: request).filter(\.isBroken)
        guard broken.isEmpty else { return failHandshake(.handshake(broken), now: now) }
        let agreed = DeflateParameters.agreed(
            response: head.values("Sec-WebSocket-Extensions"), offer: request.values("Sec-WebSocket-Extensions"))
        subprotocol = head.values("Sec-WebSocket-Protocol").first
        open((try? agreed.get()) ?? nil, now: now)
        return .opened
    }

    mutating func handshakeTimedOut(now: Timestamp) -> Reaction {
        failHandshake(.handshakeTimeout, status: 408, "The request took too long.\n", now: now)
    }

    /// - Parameter status: What a server answers; a client has nothing to say.
    private mutating func failHandshake(
        _ failure: Failure, status: Int = 400, _ body: String = "", now: Timestamp
    ) -> Reaction {
        if side == .server { output += (try? Endpoint.response(status: status, body: body)) ?? [] }
        self.failure = failure
        enter(.closed, now: now)
        return .failed
    }
}

extension Endpoint {
    /// A response that is no 101, with a text of our own, plain unless a field tells another type; TCP closes behind it.
    private static func response(
        status: Int, fields: [(name: String, value: String)] = [], body: String
    ) throws(HTTPHeadWriter.Fault) -> [UInt8] {
        var writer = try HTTPHeadWriter(status: status)
        if status == 426 {
            try writer.add("Upgrade", "websocket")
            try writer.add("Connection", "Upgrade, close")
            // "the |Sec-WebSocket-Version| header field … with the version(s) the server is willing to use", §4.4.
            try writer.add("Sec-WebSocket-Version", OpeningHandshake.version)
        } else {
            try writer.add("Connection", "close")
        }
        for field in fields { try writer.add(field.name, field.value) }
        if !fields.contains(where: { $0.name == "Content-Type" }) {
            try writer.add("Content-Type", "text/plain; charset=utf-8")
        }
        try writer.add("Content-Length", String(body.utf8.count))
        return writer.finish() + Array(body.utf8)
    }
}
