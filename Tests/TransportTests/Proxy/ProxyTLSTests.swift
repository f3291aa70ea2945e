import Connection
import Glibc
import Testing
import Wire

import Transport

/// Two proxies, one behind the other, with TLS between them: the outer one is a TLS client, the inner one a server.
@Suite(.serialized, .enabled(if: SelfSigned.shared != nil, "needs the openssl command"))
struct ProxyTLSTests {
    /// - Parameters:
    ///   - tls: How the outer proxy trusts the inner.
    ///   - name: By which the outer proxy knows the inner.
    private func run(
        tls: ClientTLS? = nil, name: String = "localhost",
        _ body: (_ outer: ProxyFixture, _ inner: ProxyFixture) async throws -> Void
    ) async throws {
        let certificate = try #require(SelfSigned.shared)
        try await ProxyFixture.run {
            $0.serverTLS = certificate.server
        } _: { inner in
            try await ProxyFixture.run {
                $0.upstream = WebSocketURL(
                    isTLS: true, address: HostPort(host: name, port: inner.proxy.address.port))
                $0.clientTLS = tls ?? certificate.client
            } _: { outer in
                try await body(outer, inner)
            }
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func plaintextIsRecordedAndMarked(name: String) async throws {
        try await run(name: name) { outer, inner in
            let client = try outer.connect()
            let server = try inner.upstream.accept()
            let sent = pattern(1_000_000)
            for (from, to) in [(client, server), (server, client)] {
                let received = Background { try to.receive(sent.count) }
                try from.send(sent)
                #expect(try await received.value == sent)
            }
            for tap in [outer.tap, inner.tap] {
                #expect(tap[0].bytes == [.client: sent, .server: sent])
                #expect(tap[0].openings.map(\.isTLS) == [true])
            }
        }
    }

    @Test(arguments: Side.allCases)
    func theOtherDirectionGoesOnBehindAFIN(from side: Side) async throws {
        try await run { outer, inner in
            let client = try outer.connect()
            let server = try inner.upstream.accept()
            let (first, other) = side == .client ? (client, server) : (server, client)
            try first.send("last words".utf8)
            first.finish()
            #expect(try other.receiveAll() == Array("last words".utf8))
            let answer = pattern(1_000_000)
            let received = Background { try first.receiveAll() }
            try other.send(answer)
            other.finish()
            #expect(try await received.value == answer)
            await eventually { outer.proxy.counts.open == 0 && inner.proxy.counts.open == 0 }
            for tap in [outer.tap, inner.tap] {
                #expect(
                    tap[0].kinds == [
                        .bytes(from: side), .fin(from: side), .bytes(from: side.peer), .fin(from: side.peer),
                    ])
            }
        }
    }

    @Test(arguments: Side.allCases)
    func aResetPassesThroughTLS(from side: Side) async throws {
        try await run { outer, inner in
            let client = try outer.connect()
            let server = try inner.upstream.accept()
            let (first, other) = side == .client ? (client, server) : (server, client)
            try first.send("x".utf8)
            #expect(try other.receive(text: 1) == "x")
            first.abort()
            #expect(throws: PlainSocket.Failure(code: ECONNRESET)) { try other.receive(1) }
            await eventually { outer.proxy.counts.open == 0 && inner.proxy.counts.open == 0 }
            #expect(outer.tap[0].kinds == [.bytes(from: side), .reset(from: side)])
            #expect(inner.tap[0].kinds == [.bytes(from: side), .reset(from: side)])
        }
    }

    @Test func aCertificateThatIsNotTrustedIsA502() async throws {
        try await run(tls: ClientTLS()) { outer, _ in
            let client = try outer.connect()
            try client.send("GET / HTTP/1.1\r\n\r\n".utf8)
            let response = String(decoding: try client.receiveAll(), as: UTF8.self)
            #expect(response.hasPrefix("HTTP/1.1 502 "))
            #expect(response.contains("its certificate is not trusted"))
        }
    }

    @Test func insecureTakesAnyCertificate() async throws {
        try await run(tls: ClientTLS(isInsecure: true)) { outer, inner in
            let client = try outer.connect()
            let server = try inner.upstream.accept()
            try client.send("x".utf8)
            #expect(try server.receive(text: 1) == "x")
        }
    }

    @Test func aPlainUpstreamUnderATLSURLIsA502() async throws {
        try await ProxyFixture.run {
            $0.upstream = WebSocketURL(isTLS: true, address: $0.upstream.address)
        } _: { fixture in
            let client = try fixture.connect()
            let server = try fixture.upstream.accept()
            try server.send("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
            try client.send("GET / HTTP/1.1\r\n\r\n".utf8)
            let response = String(decoding: try client.receiveAll(), as: UTF8.self)
            #expect(response.contains("it does not speak TLS"))
            client.close()
            await eventually { fixture.proxy.counts == ProxyCounts(accepted: 1, open: 0, refused: 1) }
        }
    }

    @Test func aSilentUpstreamUnderATLSURLIsA502AfterTheTimeOut() async throws {
        try await ProxyFixture.run {
            $0.upstream = WebSocketURL(isTLS: true, address: $0.upstream.address)
            $0.connectTimeout = .milliseconds(200)
        } _: { fixture in
            let client = try fixture.connect()
            try client.send("GET / HTTP/1.1\r\n\r\n".utf8)
            let response = String(decoding: try client.receiveAll(), as: UTF8.self)
            #expect(response.contains("no answer within"))
        }
    }
}
