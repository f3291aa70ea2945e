import Connection
import Glibc
import Testing
import Wire

import Transport

@Suite(.serialized) struct ProxyForwardingTests {
    @Test(arguments: [1, 2, 7, 1000, 70_000])
    func bytesArriveAsTheyWereSent(inPiecesOf size: Int) async throws {
        let sent = pattern(min(size * 300, 700_000))
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            for (from, to) in [(client, server), (server, client)] {
                let received = Background { try to.receive(sent.count) }
                for start in stride(from: 0, to: sent.count, by: size) {
                    try from.send(sent[start..<min(start + size, sent.count)])
                }
                #expect(try await received.value == sent)
            }
            let told = fixture.tap[0]
            #expect(told.bytes == [.client: sent, .server: sent])
            #expect(told.kinds == [.bytes(from: .client), .bytes(from: .server)])
            #expect(told.times == told.times.sorted())
        }
    }

    @Test func theOpeningNamesBothEnds() async throws {
        try await ProxyFixture.run { fixture in
            let (client, _) = try fixture.pair()
            await eventually { fixture.tap.count == 1 }
            #expect(
                fixture.tap[0].openings == [
                    Opening(
                        client: .loopback(UInt16(client.port)), server: .loopback(UInt16(fixture.upstream.port)),
                        source: "proxy")
                ])
        }
    }

    @Test func requestsThatAreNoUpgradeShareAConnection() async throws {
        let request = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
        let response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        try await ProxyFixture.run { fixture in
            let (client, server) = try fixture.pair()
            for _ in 0..<3 {
                try client.send(request.utf8)
                #expect(try server.receive(text: request.utf8.count) == request)
                try server.send(response.utf8)
                #expect(try client.receive(text: response.utf8.count) == response)
            }
            #expect(fixture.proxy.counts == ProxyCounts(accepted: 1, open: 1))
        }
    }

    @Test func whatTheClientSentBeforeTheUpstreamAnsweredIsForwarded() async throws {
        try await ProxyFixture.run { fixture in
            let client = try fixture.connect()
            try client.send("early".utf8)
            client.finish()
            let server = try fixture.upstream.accept()
            #expect(try server.receiveAll() == Array("early".utf8))
            try server.send("late".utf8)
            server.close()
            #expect(try client.receiveAll() == Array("late".utf8))
            await eventually { fixture.proxy.counts.open == 0 }
        }
    }

    @Test func manyConnectionsOneAfterTheOtherLeaveNothingOpen() async throws {
        try await ProxyFixture.run { fixture in
            let before = openDescriptors()
            for _ in 0..<200 {
                let (client, server) = try fixture.pair()
                try client.send("ping".utf8)
                #expect(try server.receive(text: 4) == "ping")
                client.close()
                #expect(try server.receiveAll() == [])
                server.close()
            }
            await eventually { fixture.proxy.counts.open == 0 }
            #expect(fixture.proxy.counts.accepted == 200)
            // Other tests run at the same time: a leak would be of 400.
            await eventually { openDescriptors() < before + 100 }
            #expect(fixture.tap[199].kinds == [.bytes(from: .client), .fin(from: .client), .fin(from: .server)])
        }
    }

    @Test func oneMoreThanTheLimitWaits() async throws {
        try await ProxyFixture.run {
            $0.maxConnections = 1
        } _: { fixture in
            let (first, firstServer) = try fixture.pair()
            let second = try fixture.connect()
            try second.send("waits".utf8)
            await eventually { fixture.notices.all == [.full(1)] }
            #expect(fixture.proxy.counts == ProxyCounts(accepted: 1, open: 1))
            first.close()
            firstServer.close()
            let secondServer = try fixture.upstream.accept()
            #expect(try secondServer.receive(text: 5) == "waits")
            #expect(fixture.proxy.counts.accepted == 2)
        }
    }
}

private func openDescriptors() -> Int {
    (0..<4096).count { fcntl(CInt($0), F_GETFD) >= 0 }
}
