internal import Connection
internal import NIOCore
internal import Wire

/// One client's connection to a `WebSocketServer`.
///
/// Messages are sent in the order of the calls. All methods may be called from any thread; what is called back is
/// called on the connection's event loop, one after the other, and must not block: while it does, no other connection
/// of that loop is served.
public final class WebSocketConnection: @unchecked Sendable {
    // Everything that changes is touched on `eventLoop` only.
    let eventLoop: any EventLoop
    let server: WebSocketServer
    let register: ServerRegister
    var handler: EndpointHandler?
    var messageHandler: ((borrowing Message) -> Void)?
    var closeHandler: ((CloseEvent) -> Void)?
    var drainHandler: (() -> Void)?
    var tasks: [RepeatedTask] = []
    var isAccepted = false
    var isCompressed = false
    var watch: ConnectionWatch?
    /// Connections that are not read from before this one has room again.
    var waiters: [ObjectIdentifier: WebSocketConnection] = [:]

    /// Path and query of the request that opened it.
    public internal(set) var target = "/"
    /// What client and server agreed on.
    public internal(set) var subprotocol: String?
    /// Who it is, where the server has `Authentication`.
    package internal(set) var user: String?

    init(_ handler: EndpointHandler, server: WebSocketServer, register: ServerRegister) {
        self.handler = handler
        self.server = server
        self.register = register
        eventLoop = handler.commons.eventLoop
    }

    /// The target up to its query.
    public var path: String { String(target.prefix { $0 != "?" }) }

    // MARK: What happens

    /// Calls `body` with each message that comes.
    public func onMessage(_ body: @escaping @Sendable (borrowing Message) -> Void) {
        onLoop { $0.messageHandler = body }
    }

    /// Calls `body` once, when the connection has ended.
    public func onClose(_ body: @escaping @Sendable (CloseEvent) -> Void) {
        onLoop { $0.closeHandler = body }
    }

    /// Calls `body` when everything has been sent that had to wait for a slow client.
    public func onDrain(_ body: @escaping @Sendable () -> Void) {
        onLoop { $0.drainHandler = body }
    }

    // MARK: What is done

    /// Sends a text message.
    public func send(_ text: String) {
        guard eventLoop.inEventLoop else { return onLoop { $0.send(text) } }
        var text = text
        text.withUTF8 { _ = handler?.send(.text, UnsafeRawBufferPointer($0)) }
        watch?.sent(now: Clock.now())
    }

    /// Sends a binary message.
    public func send(_ bytes: [UInt8]) {
        guard eventLoop.inEventLoop else { return onLoop { $0.send(bytes) } }
        bytes.withUnsafeBytes { _ = handler?.send(.binary, $0) }
        watch?.sent(now: Clock.now())
    }

    /// Sends a message on, as it is.
    public func send(_ message: borrowing Message) {
        guard eventLoop.inEventLoop else {
            return message.kind == .text ? send(message.text) : send(message.bytes)
        }
        handler?.send(message.opcode, message.memory)
        watch?.sent(now: Clock.now())
    }

    /// Asks for a sign of life. The answer comes by itself, RFC 6455 §5.5.2.
    public func ping(_ payload: [UInt8] = []) { onLoop { $0.handler?.ping(payload) } }

    /// Starts the closing handshake; nothing can be sent behind it.
    /// - Parameter code: 1000 for a normal end, 3000–4999 for what an application means by them, RFC 6455 §7.4.
    public func close(code: UInt16 = 1000, reason: String = "") {
        let code = StatusCode(rawValue: code)
        onLoop { $0.handler?.close(code.isAllowedOnWire ? code : .normalClosure, reason: reason) }
    }

    /// Ends TCP at once with a RST, as a server that crashes does.
    package func abort() { onLoop { $0.handler?.abort() } }

    /// How many bytes wait to be sent: more and more with a client who reads too slowly. For use in what is called back;
    /// elsewhere it is 0.
    public var queuedBytes: Int { eventLoop.inEventLoop ? handler?.queuedBytes ?? 0 : 0 }

    /// Calls `body` again and again until the connection has ended.
    package func every(_ interval: Duration, _ body: @escaping @Sendable () -> Void) {
        onLoop { connection in
            guard connection.handler != nil else { return }
            let interval = TimeAmount(interval)
            connection.tasks.append(
                connection.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in body() })
        }
    }

    func onLoop(_ body: @escaping @Sendable (WebSocketConnection) -> Void) {
        if eventLoop.inEventLoop { body(self) } else { eventLoop.execute { body(self) } }
    }
}

/// How a connection ended.
public struct CloseEvent: Hashable, Sendable {
    /// The close code, RFC 6455 §7.1.5: of the client's Close, 1005 where that had none, 1006 where none came.
    public let code: UInt16
    /// The client's reason; bytes that are no UTF-8 appear as U+FFFD.
    public let reason: String
    /// Both sides sent a Close before TCP ended, §7.1.4.
    public let isClean: Bool
}
