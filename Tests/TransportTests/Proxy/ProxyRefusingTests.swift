import Connection
import Testing
import Wire

import Transport

@Suite(.serialized) struct ProxyRefusingTests {
    @Test func aClientWithoutAnUpstreamGetsA502ThatSaysWhy() async throws {
        try await ProxyFixture.run { fixture in
            let address = "127.0.0.1:\(fixture.upstream.port)"
            fixture.upstream.close()
            let client = try fixture.connect()
            try client.send("GET / HTTP/1.1\r\n\r\n".utf8)
            let response = try client.receiveAll()
            let text = String(decoding: response, as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 502 Bad Gateway\r\n"))
            #expect(text.contains("ws101 proxy: cannot connect to \(address): connection refused.\n"))
            client.close()
            await eventually { fixture.proxy.counts == ProxyCounts(accepted: 1, open: 0, refused: 1) }
            #expect(fixture.tap[0].bytes[.server] == response)
            #expect(
                fixture.tap[0].kinds == [
                    .effect("cannot connect to \(address): connection refused; the proxy itself answers 502"),
                    .bytes(from: .client), .bytes(from: .server), .fin(from: .client),
                ])
            #expect("\(fixture.notices.all)".contains("cannot connect to \(address): connection refused"))
        }
    }

    @Test func aClientThatOnlyLeavesIsRefusedQuietly() async throws {
        try await ProxyFixture.run { fixture in
            fixture.upstream.close()
            let client = try fixture.connect()
            client.finish()
            #expect(try client.receiveAll() == [])
            await eventually { fixture.proxy.counts.open == 0 }
        }
    }

    @Test func anUpstreamThatDoesNotAnswerIsA502() async throws {
        let silent = try PlainSocket.listener(backlog: 0)
        let queued = try PlainSocket.connected(to: silent.port)
        defer { queued.close() }
        try await ProxyFixture.run {
            $0.upstream = WebSocketURL(address: HostPort(host: "127.0.0.1", port: silent.port))
            $0.connectTimeout = .milliseconds(100)
        } _: { fixture in
            let client = try fixture.connect()
            try client.send("GET / HTTP/1.1\r\n\r\n".utf8)
            #expect(String(decoding: try client.receiveAll(), as: UTF8.self).contains("no answer within"))
            client.close()
            await eventually { fixture.proxy.counts == ProxyCounts(accepted: 1, open: 0, refused: 1) }
        }
    }

    @Test func aClientThatResetsBeforeTheUpstreamAnswersIsRecorded() async throws {
        let silent = try PlainSocket.listener(backlog: 0)
        let queued = try PlainSocket.connected(to: silent.port)
        defer { queued.close() }
        try await ProxyFixture.run {
            $0.upstream = WebSocketURL(address: HostPort(host: "127.0.0.1", port: silent.port))
        } _: { fixture in
            try fixture.connect().abort()
            await eventually { fixture.proxy.counts == ProxyCounts(accepted: 1, open: 0) }
            #expect(fixture.tap[0].kinds == [.reset(from: .client)])
            #expect(fixture.notices.all.isEmpty)
        }
    }

    @Test func aPathInTheUpstreamIsRefused() async throws {
        var configuration = ProxyConfiguration(
            listen: HostPort(host: "127.0.0.1", port: 0), upstream: try WebSocketURL(parsing: "ws://127.0.0.1:9/chat"))
        await #expect(throws: TransportError.self) { try await ProxyServer.start(configuration, tap: nil) }
        configuration.upstream = try WebSocketURL(parsing: "ws://127.0.0.1:9/")
        await (try ProxyServer.start(configuration, tap: nil)).stop()
    }

    @Test func aProxyBeforeItselfIsRefused() async throws {
        let address = HostPort(host: "127.0.0.1", port: 9002)
        let configuration = ProxyConfiguration(listen: address, upstream: WebSocketURL(address: address))
        await #expect(throws: TransportError.self) { try await ProxyServer.start(configuration, tap: nil) }
    }

    @Test func aPortInUseIsAnErrorWithAdvice() async throws {
        let taken = try PlainSocket.listener()
        let configuration = ProxyConfiguration(
            listen: HostPort(host: "127.0.0.1", port: taken.port),
            upstream: try WebSocketURL(parsing: "ws://127.0.0.1:9"))
        let error = await #expect(throws: TransportError.self) {
            try await ProxyServer.start(configuration, tap: nil)
        }
        #expect(error?.what == "cannot listen on 127.0.0.1:\(taken.port)")
        #expect(error?.why == "address already in use")
    }
}
