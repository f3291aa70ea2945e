import Connection
import Testing
import Transport
import Wire

/// The faulty peers do what they say, on real connections.
struct ZooTests {
    private struct Sink: EventSink {
        var rules: [Violation.Rule] = []
        var broken: [Demand.Rule] = []

        mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
            switch event.kind {
            case .frame(let frame): rules += frame.violations.map(\.rule)
            case .head(let head): broken += head.demands.filter(\.isBroken).map(\.rule)
            default: break
            }
        }
    }

    /// What an observer says of the bytes that a tap was told.
    private static func judge(_ tap: ListeningTap) -> Sink {
        var observer = Observer(sink: Sink())
        let id = ConnectionID(rawValue: 1)
        let time = Timestamp(nanoseconds: 1)
        func tell(_ kind: Segment.Kind, _ bytes: [UInt8] = []) {
            observer.receive(Segment(connection: id, time: time, kind: kind), bytes.span)
        }
        tell(.opened(Opening(client: .loopback(1), server: .loopback(2), source: "test")))
        tell(.bytes(from: .client), tap[0].bytes[.client] ?? [])
        tell(.bytes(from: .server), tap[0].bytes[.server] ?? [])
        // A frame that never ends is told then.
        observer.finish()
        return observer.sink
    }

    private static let loopback = HostPort(host: "127.0.0.1", port: 0)

    @Test func thereAreSixteenAtLeastAndEachHasANameOfItsOwn() {
        #expect(Zoo.all.count >= 16)
        #expect(Set(Zoo.all.map(\.name)).count == Zoo.all.count)
        for fault in Zoo.all {
            for line in fault.script.lines {
                if case .wrong(let why) = RawLine(line, isOpen: true) { Issue.record("\(fault.name): \(why)") }
            }
        }
    }

    @Test(
        "A server breaks its rule, and a strict client notices",
        arguments: Zoo.all.filter { $0.side == .server && $0.rule != nil }.map(\.name))
    func servers(_ name: String) async throws {
        let fault = try #require(Zoo.fault(name))
        let server = try await ScriptedServer.start(fault.script, on: ZooTests.loopback)
        let tap = ListeningTap()
        var request = ClientRequest(WebSocketURL(address: server.address))
        request.compresses = false
        request.tap = tap
        let client = try await WebSocketClient.connect(request) { _, _ in }
        if fault.rule != .frameAfterClose {
            let ending = await client.ending()
            #expect(ending.sent == .status(try #require(fault.code), reason: ending.sent?.reasonBytes ?? []))
        } else {
            _ = await client.ending()
        }
        #expect(ZooTests.judge(tap).rules.contains(try #require(fault.rule)))
        await server.stop()
    }

    @Test(
        "A server that answers the handshake wrongly is not talked to",
        arguments: ["wrong-accept", "imposed-subprotocol", "imposed-extension", "status-200"])
    func handshakes(_ name: String) async throws {
        let server = try await ScriptedServer.start(try #require(Zoo.fault(name)).script, on: ZooTests.loopback)
        var request = ClientRequest(WebSocketURL(address: server.address))
        request.compresses = false
        let asked = request
        await #expect(throws: TransportError.self) { try await WebSocketClient.connect(asked) { _, _ in } }
        await server.stop()
    }

    @Test(
        "A client breaks its rule, and a strict server notices",
        arguments: Zoo.all.filter { $0.side == .client && $0.rule != nil && $0.rule != .frameTooBig }.map(\.name))
    func clients(_ name: String) async throws {
        let fault = try #require(Zoo.fault(name))
        let server = WebSocketServer(port: 0)
        let address = try await server.start()
        let tap = ListeningTap()
        try await ZooClient.run(fault, to: WebSocketURL(address: address), tap: tap)
        #expect(ZooTests.judge(tap).rules.contains(try #require(fault.rule)))
        await server.stop()
    }

    @Test func aScriptedServerGreetsInTheSegmentOfItsAnswer() async throws {
        var script = ScriptedServer.Script(["/text hello", "/await close"])
        script.isTogether = true
        let server = try await ScriptedServer.start(script, on: ZooTests.loopback)
        let connection = try await RawConnection.connect(
            to: WebSocketURL(address: server.address), ClientTLS(), receiveBuffer: nil, sendBuffer: nil,
            timeout: .seconds(5))
        let request = try OpeningHandshake.request(
            target: "/", host: "127.0.0.1", key: "dGhlIHNhbXBsZSBub25jZQ==")
        _ = await connection.send(request, until: Clock.now().adding(nanoseconds: 5_000_000_000))
        var received: [UInt8] = []
        while !received.suffix(7).elementsEqual([0x81, 5] + Array("hello".utf8)) {
            guard
                case .bytes(let more) = await connection.receive(until: Clock.now().adding(nanoseconds: 5_000_000_000))
            else { break }
            received += more
        }
        #expect(received.suffix(7).elementsEqual([0x81, 5] + Array("hello".utf8)))
        await connection.close()
        await server.stop()
    }
}

extension ClosePayload {
    fileprivate var reasonBytes: [UInt8] {
        if case .status(_, let reason) = self { reason } else { [] }
    }
}
