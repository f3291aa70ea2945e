import NIOCore
import NIOPosix
import Wire

/// A source of events, served by one of the transports on a port of loopback.
///
/// Each resumes: `?after=N`, or `Last-Event-ID`, is the last event that the client has.
package struct FeedService: Sendable {
    package let transport: FeedTransport
    package let address: HostPort
    package let count: WireCount
    private let site: HTTPSite?
    private let server: WebSocketServer?

    /// What a long poll waits for an event at most; then it answers 204.
    static let longPollTime = TimeAmount.seconds(25)
    private static let heartbeat = TimeAmount.seconds(15)

    package static func start(
        _ transport: FeedTransport, _ source: FeedSource
    ) async throws(TransportError) -> FeedService {
        switch transport {
        case .webSocket: try await startSocket(source)
        case .serverSentEvents: try await startSite(transport) { call, responder in stream(source, call, responder) }
        case .longPolling: try await startSite(transport) { call, responder in wait(source, call, responder) }
        case .shortPolling:
            try await startSite(transport) { call, responder in
                responder.answer(page(source.items(after: after(call))))
            }
        }
    }

    package func processorTime() async -> Duration {
        if let server { return await server.processorTime() }
        return await site?.processorTime() ?? .zero
    }

    package func stop() async {
        await server?.stop()
        await site?.stop()
    }

    // MARK: WebSocket

    private static func startSocket(_ source: FeedSource) async throws(TransportError) -> FeedService {
        let count = WireCount()
        var options = WebSocketServer.Options(port: 0)
        options.tap = CountingTap(count)
        // The others do not compress either.
        options.compresses = false
        let server = WebSocketServer(options)
        server.onConnection { connection in
            let query = connection.target.split(separator: "?").last ?? ""
            let after = Int(query.drop { $0 != "=" }.dropFirst()) ?? 0
            let listener = source.listen(after: after) { connection.send(JSONLine.text($0)) }
            connection.onClose { _ in listener.cancel() }
        }
        let address = try await server.start()
        return FeedService(transport: .webSocket, address: address, count: count, site: nil, server: server)
    }

    // MARK: HTTP

    private static func startSite(
        _ transport: FeedTransport, _ handler: @escaping HTTPSite.Handler
    ) async throws(TransportError) -> FeedService {
        let site = try await HTTPSite.start(handler)
        return FeedService(transport: transport, address: site.address, count: site.count, site: site, server: nil)
    }

    private static func after(_ call: HTTPCall) -> Int {
        (call.field("Last-Event-ID") ?? call.query["after"]).flatMap { Int($0) } ?? 0
    }

    private static func page(_ items: [FeedItem]) -> HTTPAnswer {
        items.isEmpty
            ? HTTPAnswer(status: 204, fields: ["Cache-Control": "no-store"])
            : HTTPAnswer(status: 200, fields: ["Cache-Control": "no-store"], json: JSONLine.text(items))
    }

    /// HTML §9.2: a response that does not end.
    private static func stream(_ source: FeedSource, _ call: HTTPCall, _ responder: HTTPResponder) {
        responder.begin(200, ["Content-Type": "text/event-stream", "Cache-Control": "no-store"])
        responder.write("retry: 1000\n\n")
        let listener = source.listen(after: after(call)) { item in
            responder.write("id: \(item.id)\ndata: \(JSONLine.text(item))\n\n")
        }
        // A comment now and then, so that nothing on the way takes the connection for dead.
        let beat = MultiThreadedEventLoopGroup.singleton.next()
            .scheduleRepeatedTask(initialDelay: heartbeat, delay: heartbeat) { _ in responder.write(": still here\n\n")
            }
        responder.onEnd {
            listener.cancel()
            beat.cancel()
        }
    }

    /// Holds the request until there is something to say.
    private static func wait(_ source: FeedSource, _ call: HTTPCall, _ responder: HTTPResponder) {
        let after = after(call)
        let known = source.items(after: after)
        guard known.isEmpty else { return responder.answer(page(known)) }
        let listener = source.listen(after: after) { responder.answer(page([$0])) }
        let timer = MultiThreadedEventLoopGroup.singleton.next()
            .scheduleTask(in: longPollTime) { responder.answer(page([])) }
        responder.onEnd {
            listener.cancel()
            timer.cancel()
        }
    }
}
