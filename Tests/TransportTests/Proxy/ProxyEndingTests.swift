import Connection
import Glibc
import Testing
import Wire

import Transport

@Suite(.serialized) struct ProxyEndingTests {
    @Test(arguments: Side.allCases)
    func theOtherDirectionGoesOnBehindAFIN(from side: Side) async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            let (first, other) = side == .client ? (client, server) : (server, client)
            try first.send("last words".utf8)
            first.finish()
            #expect(try other.receiveAll() == Array("last words".utf8))
            let answer = pattern(3_000_000)
            let received = Background { try first.receiveAll() }
            try other.send(answer)
            other.finish()
            #expect(try await received.value == answer)
            await eventually { fixture.proxy.counts.open == 0 }
            #expect(
                fixture.tap[0].kinds == [
                    .bytes(from: side), .fin(from: side), .bytes(from: side.peer), .fin(from: side.peer),
                ])
        }
    }

    @Test func theLastBytesReachAClientThatReadsLate() async throws {
        let answer = pattern(1_000_000)
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            client.finish()
            #expect(try server.receiveAll() == [])
            try server.send(answer)
            server.close()
            await eventually { fixture.tap[0].kinds.contains(.fin(from: .server)) }
            #expect(try client.receiveAll() == answer)
            await eventually { fixture.proxy.counts.open == 0 }
        }
    }

    @Test(arguments: Side.allCases)
    func aResetIsPassedOnBehindWhatWasSent(from side: Side) async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            let (first, other) = side == .client ? (client, server) : (server, client)
            try first.send("last words".utf8)
            #expect(try other.receive(text: 10) == "last words")
            first.abort()
            #expect(throws: PlainSocket.Failure(code: ECONNRESET)) { try other.receive(1) }
            await eventually { fixture.proxy.counts.open == 0 }
            #expect(fixture.tap[0].kinds == [.bytes(from: side), .reset(from: side)])
        }
    }

    @Test(arguments: Side.allCases)
    func aResetBehindAFINIsPassedOn(from side: Side) async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            let (first, other) = side == .client ? (client, server) : (server, client)
            first.finish()
            #expect(try other.receiveAll() == [])
            first.abort()
            await eventually { fixture.tap[0].kinds == [.fin(from: side), .reset(from: side)] }
            await eventually { fixture.proxy.counts.open == 0 }
            #expect(throws: PlainSocket.Failure.self) { for _ in 0..<100 { try other.send([0]) } }
        }
    }

    @Test func stoppingForwardsWhatWasReceivedAndEndsBothLegs() async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            try server.send("in flight".utf8)
            await eventually { fixture.tap[0].bytes[.server]?.count == 9 }
            let stopped = Task { await fixture.proxy.stop() }
            #expect(try client.receiveAll() == Array("in flight".utf8))
            #expect(try server.receiveAll() == [])
            client.close()
            server.close()
            await stopped.value
            #expect(throws: PlainSocket.Failure(code: ECONNREFUSED)) { try fixture.connect() }
            #expect(
                fixture.tap[0].kinds.contains(.effect("the proxy was stopped and ends both directions")))
        }
    }

    @Test func stoppingAbortsWhatDoesNotEnd() async throws {
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            try client.send("x".utf8)
            #expect(try server.receive(text: 1) == "x")
            await fixture.proxy.stop()
            #expect(fixture.proxy.counts.open == 0)
            #expect(try client.receiveAll() == [])
        }
    }

    @Test func stoppingAbortsALegWhoseOtherIsGone() async throws {
        try await ProxyFixture.run { fixture in
            fixture.upstream.limitReceiveBuffer(to: 1 << 14)
            let (client, server) = try fixture.pair()
            let sending = Background {
                try client.send([UInt8](repeating: 0x61, count: 16 << 20))
                client.finish()
            }
            // Then the proxy has the client's FIN, and mostly more than the server's buffer takes.
            while !fixture.tap.hasFIN(0, from: .client) { _ = try server.receive(1 << 14) }
            try await sending.value
            server.finish()
            #expect(try client.receiveAll() == [])
            await fixture.proxy.stop()
            #expect(fixture.proxy.counts.open == 0)
            server.close()
        }
    }
}
