import Connection
import NIOCore
import Testing
import Wire

import Transport

@Suite struct HostRewriterTests {
    private static let upstream = WebSocketURL(isTLS: true, address: HostPort(host: "example.com", port: 443))

    struct Vector: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sent: [UInt8]
        let forwarded: [UInt8]
        let effects: [String]

        init(_ what: String, _ sent: String, _ forwarded: String, _ effects: [String], frames: [UInt8] = []) {
            testDescription = what
            self.sent = Array(sent.utf8) + frames
            self.forwarded = Array(forwarded.utf8) + frames
            self.effects = effects
        }
    }

    static let vectors = [
        Vector(
            "an upgrade, and frames that look like a request's first letter",
            "GET /chat HTTP/1.1\r\nhost:  localhost:9002 \r\nOrigin: http://LOCALHOST:9002\r\nUpgrade: websocket\r\n\r\n",
            "GET /chat HTTP/1.1\r\nhost: example.com\r\nOrigin: https://example.com\r\nUpgrade: websocket\r\n\r\n",
            [
                "towards the server, host localhost:9002 became example.com, "
                    + "Origin http://LOCALHOST:9002 became https://example.com"
            ],
            frames: [0x41, 0x81, 1, 2, 3, 4, 5, 0x80, 0x8d] + Array("Host: localhost:9002\r\n".utf8)),
        Vector(
            "an origin of another site stays",
            "GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: example.com\r\nOrigin: https://evil.example\r\n\r\n",
            ["towards the server, Host localhost became example.com"]),
        Vector(
            "requests with bodies on one connection",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nHost: a\r\n"
                + "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: example.com\r\nContent-Length: 9\r\n\r\nHost: a\r\n"
                + "POST / HTTP/1.1\r\nHost: example.com\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
            Array(repeating: "towards the server, Host a became example.com", count: 3)),
        Vector(
            "the right host already", "GET / HTTP/1.1\r\nHost:example.com\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:example.com\r\n\r\n", []),
        Vector("no HTTP", "\u{16}\u{3}\u{1}\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}\r\nHost: a\r\n\r\n", []),
        Vector("a head that never ends", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", []),
    ]

    @Test(arguments: vectors)
    func hostAndOriginAreReplacedHoweverTheBytesAreCut(_ vector: Vector) {
        for cut in 0...vector.sent.count {
            var rewriter = HostRewriter(upstream: Self.upstream)
            var forwarded: [UInt8] = []
            var effects: [String] = []
            for piece in [vector.sent[..<cut], vector.sent[cut...]] {
                let bytes = rewriter.rewrite(ByteBuffer(bytes: piece)) { effects.append($0) }
                forwarded += bytes.readableBytesView
            }
            forwarded += rewriter.rest().readableBytesView
            #expect(forwarded == vector.forwarded, "cut at \(cut)")
            #expect(effects == vector.effects, "cut at \(cut)")
        }
    }

    @Test func everyBytePassesAloneToo() {
        for vector in Self.vectors {
            var rewriter = HostRewriter(upstream: Self.upstream)
            var forwarded: [UInt8] = []
            for byte in vector.sent {
                forwarded += rewriter.rewrite(ByteBuffer(bytes: [byte])) { _ in }.readableBytesView
            }
            forwarded += rewriter.rest().readableBytesView
            #expect(forwarded == vector.forwarded)
        }
    }

    @Test func theRecordingKeepsWhatTheClientSentAndSaysWhatBecameOfIt() async throws {
        try await ProxyFixture.run {
            $0.rewritesHost = true
        } _: { fixture in
            let (client, server) = try fixture.pair()
            let sent = "GET / HTTP/1.1\r\nHost: virtual\r\n\r\n"
            let upstream = "127.0.0.1:\(fixture.upstream.port)"
            let forwarded = "GET / HTTP/1.1\r\nHost: \(upstream)\r\n\r\n"
            try client.send(sent.utf8)
            #expect(try server.receive(text: forwarded.utf8.count) == forwarded)
            #expect(fixture.tap[0].bytes[.client] == Array(sent.utf8))
            #expect(
                fixture.tap[0].kinds == [
                    .bytes(from: .client), .effect("towards the server, Host virtual became \(upstream)"),
                ])
        }
    }
}
