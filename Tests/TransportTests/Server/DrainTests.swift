import Testing
import Transport
import Wire

struct DrainTests {
    @Test func everyClientIsToldThatTheServerRestartsAndNobodyNewIsTaken() async throws {
        let server = TeachingServer(WebSocketServer.Options(port: 0), scenario: Echo.self)
        let address = try await server.start()
        var clients: [WebSocketClient] = []
        for _ in 1...8 { clients.append(try await Replies().connect(to: address)) }
        let drain = Task { await server.drain(over: .milliseconds(300)) }
        var endings: [ClientEnding] = []
        for client in clients { endings.append(await client.ending()) }
        #expect(endings.allSatisfy { $0.code == 1012 && $0.isClean })
        await drain.value
        await #expect(throws: TransportError.self) { _ = try await Replies().connect(to: address) }
    }

    /// 404 is what takes a server out of HAProxy's rotation and lets its connections live.
    @Test func aLoadBalancerIsTold() async throws {
        let server = TeachingServer(WebSocketServer.Options(port: 0))
        let address = try await server.start()
        let link = try await HTTPLink.connect(to: address)
        #expect(try await link.ask("GET", "/health").status == 200)
        let guest = try await Replies().connect(to: address, "/echo")
        let drain = Task { await server.drain(over: .seconds(1)) }
        while try await HTTPLink.connect(to: address).ask("GET", "/health").status != 404 { await Task.yield() }
        let refused = await #expect(throws: TransportError.self) {
            _ = try await Replies().connect(to: address, "/echo")
        }
        #expect(refused?.refusal == 503)
        guest.close()
        await drain.value
    }
}
