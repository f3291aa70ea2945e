internal import Connection
internal import NIOCore
internal import Wire

/// What the endpoint tells of the connection.
extension WebSocketConnection: EndpointDelegate {
    func requested(_ request: HTTPHead) {
        guard let handler else { return }
        let localIP = handler.context?.channel.localAddress?.ipAddress
        switch server.decide(on: request, handler.endpoint.brokenDemands, localIP: localIP) {
        case .accept(let subprotocol, let admission):
            target = Request(request).target
            self.subprotocol = subprotocol
            isAccepted = true
            server.tally.accepted()
            if let number = Request(request).query(WireViews.parameter), let view = server.views[number] {
                handler.join(view, after: request)
            }
            accept(handler, subprotocol)
            admit(admission)
            note(request, status: 101)
        case .refuse(let page):
            server.tally.refused(page.status)
            note(request, status: page.status)
            handler.refuse(
                status: page.status, fields: page.fields, body: page.text.hasSuffix("\n") ? page.text : page.text + "\n"
            )
        }
    }

    private func note(_ request: HTTPHead, status: Int) {
        guard let log = server.options.accessLog else { return }
        let address = handler?.context?.channel.remoteAddress.flatMap { address in
            address.ipAddress.map { HostPort(host: $0, port: address.port ?? 0) }
        }
        let hidesSecrets = !server.options.faults.contains(.secretsLogged)
        log(AccessLine.text(address, user, Request(request), status, hidesSecrets: hidesSecrets))
    }

    private func accept(_ handler: EndpointHandler, _ subprotocol: String?) {
        let mayCompress = server.options.compresses && register.beganCompressing(of: server.options.maximumCompressed)
        handler.accept(subprotocol: subprotocol, compression: mayCompress ? DeflateParameters() : nil)
        isCompressed = handler.endpoint.compression != nil
        if mayCompress, !isCompressed { register.endedCompressing() }
    }

    private func admit(_ admission: WebSocketServer.Admission) {
        watch = ConnectionWatch(server.options, server.gatekeeper, now: Clock.now())
        handler?.isWatched = watch != nil
        switch admission {
        case .open: server.opened(self)
        case .known(let identity):
            watch?.know(identity)
            user = identity.user
            server.opened(self)
        case .awaited: watch?.awaitFirstMessage()
        case .refusedLater(let page): handler?.close(.policyViolation, reason: "\(page.status) behind a 101")
        }
    }

    func opened() {}

    func received(_ opcode: Opcode, _ message: UnsafeMutableRawBufferPointer) {
        handler?.commons.counters.received(message.count)
        let kind: Message.Kind = opcode == .text ? .text : .binary
        if let watch {
            let verdict = watch.judge(kind, UnsafeRawBufferPointer(message), now: Clock.now())
            guard follow(verdict) else { return }
        }
        messageHandler?(Message(kind, UnsafeRawBufferPointer(message)))
    }

    /// - Returns: Whether what the watch saw goes on to the application.
    private func follow(_ verdict: ConnectionWatch.Verdict) -> Bool {
        switch verdict {
        case .fine: return true
        case .taken: return false
        case .close(let code, let reason):
            handler?.close(code, reason: reason)
            return false
        case .admitted(let identity):
            user = identity.user
            send(#"{"authenticated":true}"#)
            server.opened(self)
            return false
        }
    }

    func ping(_ payload: UnsafeMutableRawBufferPointer) {
        if let watch { _ = follow(watch.judgePing(now: Clock.now())) }
    }

    func pong(_ payload: UnsafeMutableRawBufferPointer, roundTrip: Int64?) {}
    func closed() {}
    func failed() {}

    func woken(at now: Timestamp) {
        if let watch { _ = follow(watch.wake(at: now)) }
    }

    func drained() {
        releaseWaiters()
        drainHandler?()
    }

    func overflowed() {
        handler?.commons.counters.tooSlow.add(1)
        handler?.closeDiscarding(.tryAgainLater, reason: "reads too slowly")
        releaseWaiters()
    }

    func ended(_ end: TCPEnd) {
        if isAccepted, let handler {
            let event = CloseEvent(
                code: handler.endpoint.closeCode.rawValue, reason: handler.endpoint.closeReceived?.reason ?? "",
                isClean: handler.endpoint.isClosingHandshakeComplete && end.resetBy == nil)
            server.tally.closed(firstCode(handler) ?? event.code)
            closeHandler?(event)
        }
        for task in tasks { task.cancel() }
        tasks = []
        releaseWaiters()
        handler = nil
        watch = nil
        messageHandler = nil
        closeHandler = nil
        drainHandler = nil
        if isCompressed { register.endedCompressing() }
        register.ended()
    }

    /// The status code of the server's Close, where that says more than the client's.
    private func firstCode(_ handler: EndpointHandler) -> UInt16? {
        guard case .status(let code, _)? = handler.endpoint.closeSent else { return nil }
        return code.rawValue
    }
}
