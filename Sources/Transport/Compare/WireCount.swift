import Connection
import NIOCore
import Synchronization
import Wire

/// What went over a server's connections, counted above TCP.
package final class WireCount: Sendable {
    package struct Figures: Hashable, Sendable {
        package var received = 0
        package var sent = 0
        package var requests = 0
        package var open = 0
        package var mostOpen = 0
    }

    private let state = Mutex(Figures())

    package init() {}

    package var figures: Figures { state.withLock { $0 } }

    func opened() {
        state.withLock { state in
            state.open += 1
            state.mostOpen = max(state.mostOpen, state.open)
        }
    }

    func closed() { state.withLock { $0.open -= 1 } }
    func requested() { state.withLock { $0.requests += 1 } }
    func received(_ count: Int) { state.withLock { $0.received += count } }
    func sent(_ count: Int) { state.withLock { $0.sent += count } }
}

/// Counts a channel's bytes.
final class CountingHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private let count: WireCount

    init(_ count: WireCount) { self.count = count }

    func channelActive(context: ChannelHandlerContext) {
        count.opened()
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        count.closed()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count.received(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        count.sent(unwrapOutboundIn(data).readableBytes)
        context.write(data, promise: promise)
    }
}

/// Counts the bytes of a WebSocket server's connections.
final class CountingTap: Tap {
    private let count: WireCount
    private let connections = Atomic<UInt32>(0)

    init(_ count: WireCount) { self.count = count }

    func open(_ opening: Opening, at time: Timestamp) -> ConnectionID {
        count.opened()
        // A connection's request is its opening handshake.
        count.requested()
        return ConnectionID(rawValue: connections.add(1, ordering: .relaxed).newValue)
    }

    func bytes(
        _ connection: ConnectionID, from side: Side, at time: Timestamp, _ bytes: UnsafeRawBufferPointer
    ) -> TapDemand {
        if side == .client { count.received(bytes.count) } else { count.sent(bytes.count) }
        return .continue
    }

    func note(_ connection: ConnectionID, _ kind: Segment.Kind, at time: Timestamp) {}
    func whenDrained(_ resume: @escaping @Sendable () -> Void) { resume() }
}
