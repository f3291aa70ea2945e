import Testing
import Transport
import Wire

/// What a server answers to whoever connects.
struct ServerHandshakeTests {
    /// Sends bytes and tells all that comes back.
    private static func answer(_ fixture: ServerFixture, to bytes: [UInt8]) async throws -> String {
        let socket = try fixture.socket()
        return try await Background {
            try socket.send(bytes)
            socket.finish()
            return String(decoding: try socket.receiveAll(), as: UTF8.self)
        }.value
    }

    @Test func takesRequestAndFrameInOneRead() async throws {
        try await ServerFixture.run { fixture in
            let socket = try fixture.socket()
            let bytes = try ServerFixture.request() + ServerFixture.frame(.text, Array("first".utf8))
            let reply = try await Background {
                try socket.send(bytes)
                _ = try socket.receiveHead()
                return try socket.receive(7)
            }.value
            #expect(reply == ServerFixture.reply(.text, Array("first".utf8)))
        }
    }

    @Test func tellsAPersonWhatItIs() async throws {
        try await ServerFixture.run(scenario: nil) { fixture in
            let page = try await Self.answer(fixture, to: Array("GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n".utf8))
            #expect(page.hasPrefix("HTTP/1.1 200 OK") && page.contains("ws101 connect ws://localhost:1/echo"))
            for scenario in Scenarios.all { #expect(page.contains(scenario.summary)) }
        }
    }

    @Test func knowsItsPaths() async throws {
        try await ServerFixture.run(scenario: nil) { fixture in
            for path in ["/", "/echo", "/chat/blue", "/ticker"] {
                #expect(try await Self.answer(fixture, to: ServerFixture.request(path)).hasPrefix("HTTP/1.1 101"))
            }
            for path in ["/nothing", "/chat/", "/echo/more"] {
                let answer = try await Self.answer(fixture, to: ServerFixture.request(path))
                #expect(answer.hasPrefix("HTTP/1.1 404") && answer.contains("/chat/ROOM"))
            }
            let whole = try await Self.answer(fixture, to: ServerFixture.request("ws://127.0.0.1/chat/x?y"))
            #expect(whole.hasPrefix("HTTP/1.1 101"))
            let post = Array("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".utf8)
            let refused = try await Self.answer(fixture, to: post)
            #expect(refused.hasPrefix("HTTP/1.1 405") && refused.contains("Allow: GET"))
            let plain = try await Self.answer(fixture, to: Array("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
            #expect(plain.hasPrefix("HTTP/1.1 426") && plain.contains("Sec-WebSocket-Version: 13"))
        }
    }

    @Test func refusesForeignPagesAndNames() async throws {
        try await ServerFixture.run { fixture in
            let foreign = try ServerFixture.request(extra: [("Origin", "https://evil.example")])
            #expect(try await Self.answer(fixture, to: foreign).hasPrefix("HTTP/1.1 403"))
            let own = try ServerFixture.request(extra: [("Origin", "http://localhost:5173")])
            #expect(try await Self.answer(fixture, to: own).hasPrefix("HTTP/1.1 101"))
            let rebound = Array("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".utf8)
            #expect(try await Self.answer(fixture, to: rebound).hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test func saysWhatABrokenRequestLacks() async throws {
        try await ServerFixture.run { fixture in
            let request = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n\r\n"
            let answer = try await Self.answer(fixture, to: Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 426") && answer.contains("Sec-WebSocket-Key is 16 bytes in base64"))
        }
    }

    @Test(arguments: [[UInt8](0...255), [0x16, 3, 1, 0, 5, 1], [0], Array("GET / SMTP\r\n\r\n".utf8)])
    func refusesGarbage(bytes: [UInt8]) async throws {
        try await ServerFixture.run { fixture in
            let answer = try await Self.answer(fixture, to: bytes)
            #expect(answer.hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test func refusesARequestThatNeverEnds() async throws {
        try await ServerFixture.run(configure: { $0.handshakeTimeout = .milliseconds(100) }) { fixture in
            let socket = try fixture.socket()
            let answer = try await Background {
                try socket.send(Array("GET / HTTP/1.1\r\n".utf8))
                return String(decoding: try socket.receiveAll(), as: UTF8.self)
            }.value
            #expect(answer.hasPrefix("HTTP/1.1 408"))
        }
    }

    @Test func refusesMoreConnectionsThanItTakes() async throws {
        try await ServerFixture.run(configure: { $0.maximumConnections = 2 }) { fixture in
            let first = try await fixture.open()
            let second = try await fixture.open()
            #expect(try await Self.answer(fixture, to: ServerFixture.request()).hasPrefix("HTTP/1.1 503"))
            first.close()
            await eventually { fixture.server.connectionCount < 2 }
            _ = try await fixture.open()
            second.close()
        }
    }

    @Test func compressesNoMoreConnectionsThanAllowed() async throws {
        try await ServerFixture.run(configure: { $0.maximumCompressed = 1 }) { fixture in
            let first = try await Replies().connect(to: fixture.address)
            let second = try await Replies().connect(to: fixture.address)
            #expect(first.compression != nil && second.compression == nil)
            first.close()
            await eventually { fixture.server.connectionCount == 1 }
            let third = try await Replies().connect(to: fixture.address)
            #expect(third.compression != nil)
            second.close()
            third.close()
        }
    }

    @Test func saysThatAPortIsInUse() async throws {
        try await ServerFixture.run { fixture in
            var options = WebSocketServer.Options(port: 0)
            options.address = fixture.address
            let second = TeachingServer(options)
            let error = await #expect(throws: TransportError.self) { try await second.start() }
            #expect(error?.what == "cannot listen on \(fixture.address)")
            #expect(error?.why == "address already in use" && error?.advice.contains("\(fixture.address.port)") == true)
        }
    }

    @Test func decidesWithTheApplication() async throws {
        let server = WebSocketServer(port: 0)
        server.onRequest { request in
            request.header("Authorization") == ["Bearer secret"]
                ? .accept(subprotocol: request.subprotocols.first) : .refuse(status: 401, "Who are you?")
        }
        let address = try await server.start()
        let error = await #expect(throws: TransportError.self) { try await Replies().connect(to: address) }
        #expect(error?.why.contains("401") == true)
        let client = try await Replies().connect(to: address) {
            $0.fields = [("Authorization", "Bearer secret")]
            $0.subprotocols = ["v2", "v1"]
        }
        #expect(client.subprotocol == "v2")
        client.close()
        await server.stop()
    }
}
