import Connection
import Testing
import Wire

import Transport

@Suite(.serialized) struct ProxyBackpressureTests {
    /// Writes until the proxy takes no more; returns how much it took.
    private func fill(_ socket: PlainSocket, limit: Int) async -> Int {
        var total = 0
        var idle = 0
        let piece = [UInt8](repeating: 0x61, count: 1 << 16)
        while idle < 50, total < limit {
            let sent = socket.sendWhatFits(piece)
            total += sent
            idle = sent == 0 ? idle + 1 : 0
            if sent == 0 { try? await Task.sleep(for: .milliseconds(4)) }
        }
        return total
    }

    @Test(arguments: Side.allCases)
    func aSlowSideSlowsTheOther(_ slow: Side) async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            let (fast, slow) = slow == .client ? (server, client) : (client, server)
            // The kernel's buffers of four sockets, grown to the full, and no more.
            let taken = await fill(fast, limit: 256 << 20)
            #expect(taken < 64 << 20)
            fast.finish()
            let received = Background { try slow.receiveAll() }
            #expect(try await received.value.count == taken)
        }
    }

    @Test(arguments: Side.allCases)
    func aFullTapStopsReading(from side: Side) async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            let (from, to) = side == .client ? (client, server) : (server, client)
            fixture.tap.isFull = true
            try from.send("first".utf8)
            #expect(try to.receive(text: 5) == "first")
            let taken = await fill(from, limit: 256 << 20)
            #expect(taken < 64 << 20)
            #expect(fixture.tap[0].bytes[side]?.count == 5)
            fixture.tap.isFull = false
            from.finish()
            let received = Background { try to.receiveAll() }
            #expect(try await received.value.count == taken)
            #expect(fixture.tap[0].bytes[side]?.count == 5 + taken)
        }
    }
}
