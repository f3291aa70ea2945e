import Connection
import Glibc
import NIOCore
import NIOPosix
import Wire

/// A client's connection and the upstream connection made for it, both on one event loop.
///
/// Bytes go from leg to leg as they came; FIN and RST follow them. A leg is read only while the other can be written
/// and the tap has room, so that a slow side slows the other.
final class ProxiedConnection {
    private enum Phase {
        /// What the client sent meanwhile; NIO reads it unasked where the client's FIN came too.
        case connecting(early: ByteBuffer)
        case forwarding
        /// There is no upstream: the client gets a response of the proxy's own when it has asked for something.
        case refusing(with: ByteBuffer)
        case over
    }

    private let setup: ProxySetup
    private let eventLoop: any EventLoop
    private var phase = Phase.connecting(early: ByteBuffer())
    private var clientChannel: (any Channel)?
    private var client: ProxyLeg?
    private var server: ProxyLeg?
    private let batch: FlushBatch
    private var line: TapLine?
    private var deadline: Scheduled<Void>?
    private var rewriter: HostRewriter?

    init(_ setup: ProxySetup, on eventLoop: any EventLoop) {
        self.setup = setup
        self.eventLoop = eventLoop
        batch = FlushBatch.on(eventLoop)
        if setup.configuration.rewritesHost { rewriter = HostRewriter(upstream: setup.configuration.upstream) }
    }

    // MARK: Forwarding, the hot path

    func received(_ bytes: ByteBuffer, by leg: ProxyLeg) {
        switch phase {
        case .forwarding:
            tell(bytes, from: leg.side)
            other(leg)?.write(rewriter == nil ? bytes : rewritten(bytes, from: leg.side))
        case .connecting(var early):
            phase = .over  // so that `early` is not copied
            early.writeImmutableBuffer(bytes)
            phase = .connecting(early: early)
        case .refusing(let response):
            tell(bytes, from: leg.side)
            answer(with: response)
        case .over: break
        }
    }

    func receivedAll(by leg: ProxyLeg) {
        guard let other = other(leg) else { return }
        // Written at once where so much has come that reading would have to wait.
        if other.isWritable { batch.add(other) } else { other.flush() }
    }

    func mayRead(_ leg: ProxyLeg) -> Bool {
        switch phase {
        case .forwarding: line?.mayRead != false && other(leg)?.isWritable == true
        case .connecting: leg.side == .server  // the TLS handshake
        case .refusing: line?.mayRead != false
        case .over: true
        }
    }

    func becameWritable(_ leg: ProxyLeg) { other(leg)?.resumeReading() }

    private func other(_ leg: ProxyLeg) -> ProxyLeg? { leg.side == .client ? server : client }

    /// The recording keeps what the client sent, and says what became of it.
    private func rewritten(_ bytes: ByteBuffer, from side: Side) -> ByteBuffer {
        guard side == .client, rewriter != nil else { return bytes }
        return rewriter!.rewrite(bytes) { line?.effect($0, at: Clock.now()) }
    }

    private func tell(_ bytes: ByteBuffer, from side: Side) {
        guard let line else { return }
        bytes.withUnsafeReadableBytes { line.bytes(from: side, at: Clock.now(), $0) }
    }
}

// MARK: - Connecting

extension ProxiedConnection {
    func connected(_ leg: ProxyLeg, _ channel: any Channel) {
        switch leg.side {
        case .client:
            client = leg
            clientChannel = channel
            let connection = NIOLoopBound(self, eventLoop: eventLoop)
            setup.register.opened(self) { [eventLoop] how in eventLoop.execute { connection.value.stop(how) } }
            connect()
        case .server:
            // Of several addresses of a host the first that answers is taken; the client may be gone by then.
            guard case .connecting = phase, server == nil else { return leg.abort() }
            server = leg
            if setup.clientTLS == nil { ready() }
        }
    }

    func secured(_ leg: ProxyLeg) {
        if leg === server { ready() }
    }

    private func connect() {
        let upstream = setup.configuration.upstream.address
        let timeout = TimeAmount(setup.configuration.connectTimeout)
        deadline = eventLoop.assumeIsolated().scheduleTask(in: timeout) {
            self.refuse(ChannelError.connectTimeout(timeout))
        }
        let bootstrap = bootstrap().connectTimeout(timeout)
        let channel =
            upstream.literal.map(bootstrap.connect(to:))
            ?? bootstrap.connect(host: upstream.host, port: upstream.port)
        channel.assumeIsolated().whenFailure { self.refuse($0) }
    }

    private func bootstrap() -> ClientBootstrap {
        let connection = NIOLoopBound(self, eventLoop: eventLoop)
        return ClientBootstrap(group: eventLoop).channelInitializer { [setup] channel in
            channel.eventLoop.makeCompletedFuture {
                try ProxySocket.configure(channel)
                if let tls = setup.clientTLS {
                    try channel.pipeline.syncOperations.addHandler(
                        setup.configuration.clientTLS.handler(tls, host: setup.configuration.upstream.address.host))
                }
                try channel.pipeline.syncOperations.addHandler(ProxyLeg(.server, of: connection.value))
            }
        }
    }

    private func ready() {
        guard case .connecting(let early) = phase else { return }
        deadline?.cancel()
        phase = .forwarding
        openLine()
        takeUp(early)
    }

    private func openLine() {
        guard let tap = setup.tap else { return }
        let upstream = setup.configuration.upstream.address
        let server = server?.context?.channel.remoteAddress ?? upstream.literal
        let opening = Opening(
            client: Address(clientChannel?.remoteAddress) ?? .unresolved(port: 0),
            server: Address(server) ?? .unresolved(port: UInt16(upstream.port)),
            isTLS: setup.isTLS, source: "proxy")
        line = TapLine(tap, opening, at: Clock.now(), on: eventLoop) { [weak self] in
            self?.client?.resumeReading()
            self?.server?.resumeReading()
        }
    }

    /// Goes on with what the client did while there was no upstream yet.
    private func takeUp(_ early: ByteBuffer) {
        guard let client else { return }
        if early.readableBytes > 0 {
            received(early, by: client)
            receivedAll(by: client)
        }
        if client.isInputEnded { inputEnded(client) }
        client.resumeReading()
    }
}

// MARK: - Refusing

extension ProxiedConnection {
    private func refuse(_ error: any Error) {
        guard case .connecting(let early) = phase else { return }
        deadline?.cancel()
        let failure = TransportError.connecting(to: setup.configuration.upstream.address, error)
        setup.register.refused()
        setup.report(.upstreamFailed(client: clientName, failure))
        openLine()
        line?.effect("\(failure.what): \(failure.why); the proxy itself answers 502", at: Clock.now())
        phase = .refusing(with: ByteBuffer(bytes: BadGateway.response(failure)))
        server?.abort()
        deadline = eventLoop.assumeIsolated().scheduleTask(in: .seconds(5)) { self.client?.abort() }
        takeUp(early)
    }

    private func answer(with response: ByteBuffer) {
        guard response.readableBytes > 0 else { return }
        phase = .refusing(with: ByteBuffer())
        tell(response, from: .server)
        client?.write(response)
        client?.finish()
    }

    private var clientName: HostPort {
        let address = clientChannel?.remoteAddress
        return HostPort(host: address?.ipAddress ?? "", port: address?.port ?? 0)
    }
}

// MARK: - Ending

extension ProxiedConnection {
    func inputEnded(_ leg: ProxyLeg) {
        switch phase {
        case .forwarding:
            line?.fin(from: leg.side, at: Clock.now())
            if leg.side == .client, let held = rewriter?.rest() { server?.write(held) }
            other(leg)?.finish()
        case .refusing:
            line?.fin(from: leg.side, at: Clock.now())
            client?.finish()
        case .connecting, .over: break  // `takeUp` sees it
        }
    }

    /// The leg is gone, and not because both sides had sent all they had.
    func broke(_ leg: ProxyLeg, _ error: any Error) {
        guard leg === client || leg === server else { return }
        switch phase {
        case .connecting(let early):
            guard leg.side == .client else { return refuse(error) }
            openLine()
            tell(early, from: .client)
        case .over: return
        case .forwarding, .refusing: break
        }
        phase = .over
        tellBreak(of: leg, error)
        other(leg)?.abort()
    }

    private func tellBreak(of leg: ProxyLeg, _ error: any Error) {
        if let error = error as? IOError, [ECONNRESET, EPIPE].contains(error.errnoCode) {
            line?.reset(from: leg.side, at: Clock.now())
        } else {
            let reason = "the connection with the \(leg.side) broke: \(TransportError.reason(error))"
            line?.effect("\(reason); the proxy aborts the other leg", at: Clock.now())
            setup.report(.broke(client: clientName, reason: reason))
        }
    }

    func stop(_ stop: ProxyStop) {
        switch (stop, phase) {
        case (.finish, .forwarding):
            line?.effect("the proxy was stopped and ends both directions", at: Clock.now())
            client?.finish()
            server?.finish()
        case (.finish, .connecting), (.finish, .refusing), (.abort, _):
            phase = .over
            client?.abort()
            server?.abort()
        case (.finish, .over): break
        }
    }

    func ended(_ leg: ProxyLeg) {
        guard let client, leg === client || leg === server, client.isGone, server?.isGone != false else { return }
        deadline?.cancel()
        phase = .over
        setup.register.ended(self)
        clientChannel = nil
        self.client = nil
        server = nil
    }
}

extension HostPort {
    /// The socket address, where the host is an IP address; nil for a name.
    fileprivate var literal: SocketAddress? { try? SocketAddress(ipAddress: host, port: port) }
}

extension Address {
    /// Stands for an upstream whose name was not resolved.
    fileprivate static func unresolved(port: UInt16) -> Address { Address(ip: [0, 0, 0, 0], port: port) }
}
