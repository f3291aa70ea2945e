import Connection
import Glibc
import Testing
import Transport
import Wire

/// Connections that are open, seen from the peer's socket.
struct ServingTests {
    @Test func failsOnBrokenFramesAndEndsTCP() async throws {
        let broken: [(bytes: [UInt8], code: UInt16)] = [
            ([UInt8](repeating: 0xf3, count: 1000), 1002),
            ([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 1002),
            ([0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4], 1009),
            (ServerFixture.frame(.text, [0xff]), 1007),
        ]
        try await ServerFixture.run { fixture in
            for (bytes, code) in broken {
                let socket = try await fixture.open()
                let rest = try await Background {
                    try socket.send(bytes)
                    return try socket.receiveAll()
                }.value
                #expect(closeCode(rest) == code)
            }
            await eventually { fixture.server.connectionCount == 0 }
        }
    }

    @Test func refusesACompressionBomb() async throws {
        try await ServerFixture.run { fixture in
            var bomb: [UInt8] = []
            Deflater(windowBits: 15, noContextTakeover: false)
                .deflate([UInt8](repeating: 0, count: 64 << 20).span, into: &bomb)
            let frame = ServerFixture.frame(.binary, bomb, rsv1: true)
            let socket = try await fixture.open(extensions: "permessage-deflate")
            let rest = try await Background {
                try socket.send(frame)
                return try socket.receiveAll()
            }.value
            #expect(closeCode(rest) == 1009)
        }
    }

    /// The closing handshake, and then the server is the first to end TCP.
    @Test func closesCleanly() async throws {
        try await ServerFixture.run { fixture in
            let socket = try await fixture.open()
            let rest = try await Background {
                try socket.send(ServerFixture.frame(.close, [0x03, 0xe8]))
                return try socket.receiveAll()
            }.value
            #expect(rest == ServerFixture.reply(.close, [0x03, 0xe8]))
        }
    }

    @Test func saysGoodbyeWhenItStops() async throws {
        let server = TeachingServer(WebSocketServer.Options(port: 0))
        let fixture = ServerFixture(server: server, address: try await server.start())
        let sockets = try await [fixture.open("/echo"), fixture.open("/chat/blue"), fixture.open("/ticker")]
        let farewells = sockets.map { socket in
            Background {
                let close = try socket.receive(2 + 2 + "the server shuts down".utf8.count)
                try socket.send(ServerFixture.frame(.close, [0x03, 0xe9]))
                return (close, try socket.receiveAll())
            }
        }
        await server.stop()
        for farewell in farewells {
            let (close, rest) = try await farewell.value
            #expect(closeCode(close) == 1001 && rest.isEmpty)
        }
        #expect(server.connectionCount == 0)
    }

    @Test func carriesTheRoomsMessagesToAllOthers() async throws {
        try await ServerFixture.run { fixture in
            let replies = (0..<3).map { _ in Replies() }
            let ada = try await replies[0].connect(to: fixture.address, "/chat/blue")
            _ = try await replies[1].connect(to: fixture.address, "/chat/blue")
            let carol = try await replies[2].connect(to: fixture.address, "/chat/red")
            ada.send("hello")
            #expect(await replies[1].nextText() == "hello")
            carol.send([UInt8](repeating: 0, count: 70_000))
            #expect(await replies[2].next() == .closed(ClosePayload(1009, "a message has at most 65536 bytes here")))
            ada.close()
            guard case .closed? = await replies[0].next() else {
                Issue.record("what one sends, only the others receive")
                return
            }
        }
    }

    @Test func pushesTicks() async throws {
        try await ServerFixture.run { fixture in
            let replies = Replies()
            let client = try await replies.connect(to: fixture.address, "/ticker?interval=10")
            for number in 1...3 { #expect(await replies.nextText()?.hasPrefix(#"{"tick":\#(number),"#) == true) }
            client.close()
        }
    }

    @Test func servesOverTLS() async throws {
        let certificate = try #require(SelfSigned.shared)
        try await ServerFixture.run(configure: { $0.tls = certificate.server }) { fixture in
            let replies = Replies()
            let url = WebSocketURL(isTLS: true, address: HostPort(host: "localhost", port: fixture.address.port))
            var request = ClientRequest(url)
            let error = await #expect(throws: TransportError.self) {
                try await WebSocketClient.connect(request) { _, _ in }
            }
            #expect(error?.why.contains("not trusted") == true, "\(String(describing: error))")
            request.tls = certificate.client
            let trusting = request.tls
            let client = try await replies.connect(to: url.address) {
                $0.url = url
                $0.tls = trusting
            }
            client.send("secret")
            #expect(await replies.nextText() == "secret")
            client.close()
            #expect(await client.ending().isClean)
        }
    }
}

/// Who reads slowly is waited for, or let go; memory stays flat either way.
struct SlowReaderTests {
    /// The echo of one who does not read is not stored: the server reads no more, and he cannot send any more.
    @Test func slowsDownWhoDoesNotReadHisReplies() async throws {
        try await ServerFixture.run { fixture in
            let socket = try await fixture.open()
            let frame = ServerFixture.frame(.binary, [UInt8](repeating: 7, count: 60_000))
            let sent = try await Background {
                var pending = frame[...]
                var total = 0
                var quiet = 0
                while quiet < 50, total < 256 << 20 {
                    let count = socket.sendWhatFits(Array(pending))
                    total += count
                    quiet = count == 0 ? quiet + 1 : 0
                    pending = pending.dropFirst(count)
                    if pending.isEmpty { pending = frame[...] }
                    if count == 0 { usleep(10_000) }
                }
                return total
            }.value
            #expect(sent < 64 << 20, "the sockets' buffers and the server's few, not more")
            let whole = sent / frame.count
            let echoes = try await Background { try socket.receive(whole * (60_000 + 4)) }.value
            #expect(echoes.count == whole * (60_000 + 4), "nothing is lost meanwhile")
            socket.abort()
        }
    }

    /// In a room nobody waits for the slow one: he is told, and goes.
    @Test func letsGoOfWhoDoesNotReadWhatOthersSay() async throws {
        let options = { (options: inout WebSocketServer.Options) in
            options.maximumQueue = 1 << 20
            options.closeTimeout = .seconds(10)
        }
        try await ServerFixture.run(configure: options) { fixture in
            let slow = try await fixture.open("/chat/blue")
            let speaker = try await fixture.open("/chat/blue")
            let frame = ServerFixture.frame(.binary, [UInt8](repeating: 7, count: 60_000))
            _ = try await Background {
                for _ in 0..<400 { try speaker.send(frame) }
            }.value
            let (messages, close) = try await Background {
                var messages = 0
                while try slow.receive(2) == [0x82, 126] {
                    _ = try slow.receive(2 + 60_000)
                    messages += 1
                }
                let close = try slow.receive(2 + "reads too slowly".utf8.count)
                try slow.send(ServerFixture.frame(.close, Array(close.prefix(2))))
                return (messages, close + (try slow.receiveAll()))
            }.value
            #expect(messages < 400 && close.starts(with: [0x03, 0xf5]))
            await eventually { fixture.server.connectionCount == 1 }
            speaker.close()
        }
    }
}

/// Everything that goes over a connection is told to the tap, and a tap without room slows the connection down.
struct ServerTapTests {
    @Test func tellsEveryByteAndBothEnds() async throws {
        let tap = ListeningTap()
        try await ServerFixture.run(configure: { $0.tap = tap }) { fixture in
            let socket = try await fixture.open()
            let sent = ServerFixture.frame(.text, Array("hi".utf8)) + ServerFixture.frame(.close)
            let received = try await Background {
                try socket.send(sent)
                return try socket.receiveAll()
            }.value
            socket.close()
            await eventually { tap.hasFIN(0, from: .client) }
            #expect(try tap[0].bytes[.client] == ServerFixture.request() + sent)
            #expect(tap[0].bytes[.server]?.suffix(received.count) == received[...])
            #expect(
                tap[0].openings.first?.source == "serve"
                    && tap[0].openings.first?.server.port == UInt16(fixture.address.port))
            #expect(tap[0].kinds.suffix(2) == [.fin(from: .server), .fin(from: .client)])
        }
    }

    @Test func tellsAnAbort() async throws {
        let tap = ListeningTap()
        try await ServerFixture.run(configure: { $0.tap = tap }) { fixture in
            try await fixture.open().abort()
            await eventually { tap[0].kinds.last == .reset(from: .client) }
        }
    }

    @Test func readsNoMoreWhileTheTapIsFull() async throws {
        let tap = ListeningTap()
        try await ServerFixture.run(configure: { $0.tap = tap }) { fixture in
            let socket = try await fixture.open()
            tap.isFull = true
            let frame = ServerFixture.frame(.text, Array("one".utf8))
            try socket.send(frame)
            await eventually { tap[0].bytes[.client]?.suffix(frame.count) == frame[...] }
            let before = tap[0].bytes[.client]?.count ?? 0
            try socket.send(frame)
            try await Task.sleep(for: .milliseconds(100))
            #expect(tap[0].bytes[.client]?.count == before)
            tap.isFull = false
            let replies = try await Background { try socket.receive(10) }.value
            #expect(replies.count == 10 && tap[0].bytes[.client]?.count == before + frame.count)
        }
    }
}
