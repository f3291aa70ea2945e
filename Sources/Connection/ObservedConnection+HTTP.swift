import Wire

/// HTTP up to and with the opening handshake, RFC 6455 §4; exchanges before it are told and passed over.
extension ObservedConnection {
    mutating func readHTTP<Sink: EventSink>(
        _ bytes: Span<UInt8>, at offset: inout Int, _ segment: Segment, _ side: Side, _ sink: inout Sink
    ) {
        if http[side].isBetweenHeads { headBegan[side] = Beginning(segment, offset: offset) }
        let before = offset
        let step = http[side].next(bytes, at: &offset)
        switch step {
        case nil: break
        case .failed(let reason):
            let pending = http[side].pendingCount
            http[side] = HTTPReader(limits: state.limits.head)
            let reason = isMidstream && reason == .notHTTP ? .midstream : reason
            phases[side] = .undecoded(reason)
            undecoded(max(pending, offset - before), reason, from: side, at: segment.time, &sink)
        case .head(let head):
            switch side {
            case .client: request(head, at: segment.time, &sink)
            case .server: response(head, segment, &sink)
            }
        }
        if side == .client, case .http = phases.client, let asked = requests.last, asked.wantsAnotherProtocol,
            http.client.isBetweenHeads
        {
            phases.client = .waiting
        }
    }

    private func event(
        _ head: HTTPHead, from side: Side, isHandshake: Bool, demands: [Demand], at time: Timestamp
    ) -> Event.Head {
        let began = headBegan[side]
        return Event.Head(
            side: side, head: head, isHandshake: isHandshake, demands: demands, began: began?.time ?? time,
            location: began?.location)
    }

    private mutating func request<Sink: EventSink>(_ head: HTTPHead, at time: Timestamp, _ sink: inout Sink) {
        let isHandshake = head.isUpgradeRequest
        let demands = isHandshake ? OpeningHandshake.judge(request: head) : []
        let event = event(head, from: .client, isHandshake: isHandshake, demands: demands, at: time)
        state.emit(.head(event), at: time, payload: head.bytes.span, to: &sink)
        state.traffic.client.violations &+= UInt64(demands.count(where: \.isBroken))
        guard case .request = head.startLine else { return }
        // Who pipelines more than anybody would is answered without being matched.
        if requests.count == state.limits.requests { requests.removeFirst() }
        requests.append(event)
        http.client.expect(.request(head))
    }

    private mutating func response<Sink: EventSink>(_ head: HTTPHead, _ segment: Segment, _ sink: inout Sink) {
        let status = head.status ?? 0
        let request = requests.first
        let isSwitch = status == 101
        let isInterim = (100..<200).contains(status) && !isSwitch
        let isHandshake = request?.isHandshake ?? (isSwitch && head.contains("websocket", in: "Upgrade"))
        let isJudged = isHandshake && !isInterim
        let demands = isJudged ? request.map { OpeningHandshake.judge(response: head, to: $0.head) } ?? [] : []
        let event = event(head, from: .server, isHandshake: isJudged, demands: demands, at: segment.time)
        state.emit(.head(event), at: segment.time, payload: head.bytes.span, to: &sink)
        if isSwitch { state.traffic.server.violations &+= UInt64(demands.count(where: \.isBroken)) }
        if isInterim { return }
        if !requests.isEmpty { requests.removeFirst() }
        let method = request?.method
        if isSwitch, isHandshake {
            establish(request, event, segment, &sink)
        } else if isSwitch || (method == "CONNECT" && (200..<300).contains(status)) {
            speakAnotherProtocol(at: segment.time, &sink)
        } else {
            http.server.expect(.response(head, to: method))
            continueInHTTP(&sink)
        }
    }

    private mutating func establish<Sink: EventSink>(
        _ request: Event.Head?, _ response: Event.Head, _ segment: Segment, _ sink: inout Sink
    ) {
        let field = "Sec-WebSocket-Extensions"
        let answer = response.head.values(field)
        // Where the request is not in the recording, the server's word has to do.
        let offer = request?.head.values(field) ?? answer
        compression = (try? DeflateParameters.agreed(response: answer, offer: offer).get()) ?? nil
        for side in Side.allCases where !hasEnded(side) {
            http[side] = HTTPReader(limits: state.limits.head)
            speakInFrames(side, Beginning(segment, offset: 0))
        }
        let handshake = Event.Handshake(
            request: request?.head, response: response.head, requestDemands: request?.demands ?? [],
            responseDemands: response.demands, subprotocol: response.head.values("Sec-WebSocket-Protocol").first,
            compression: compression, duration: request.map { segment.time.since($0.began) })
        state.emit(.established(handshake), at: segment.time, to: &sink)
        readEarly(&sink)
    }

    private mutating func speakAnotherProtocol<Sink: EventSink>(at time: Timestamp, _ sink: inout Sink) {
        for side in Side.allCases where !hasEnded(side) { phases[side] = .undecoded(.otherProtocol) }
        readEarly(&sink)
    }

    /// The server declined, so what the client sent meanwhile is its next request.
    private mutating func continueInHTTP<Sink: EventSink>(_ sink: inout Sink) {
        guard case .waiting = phases.client, requests.last?.wantsAnotherProtocol != true else { return }
        phases.client = .http
        readEarly(&sink)
    }

    private func hasEnded(_ side: Side) -> Bool {
        if case .undecoded(.afterEnd) = phases[side] { true } else { false }
    }
}

extension Event.Head {
    fileprivate var method: String? {
        if case .request(let method, _, _) = head.startLine { method } else { nil }
    }

    /// What the client sends behind it depends on the server's answer.
    fileprivate var wantsAnotherProtocol: Bool {
        isHandshake || method == "CONNECT" || !head.values("Upgrade").isEmpty
    }
}
