import Connection
import Testing
import Transport
import Wire

/// The client, against our server and against peers that do as they like.
struct WebSocketClientTests {
    /// A listening socket whose one peer is answered by `speak`.
    private static func hostile(
        _ speak: @escaping @Sendable (PlainSocket, HTTPHead) throws -> Void
    ) throws -> (HostPort, Background<Void>) {
        let listener = try PlainSocket.listener()
        let address = HostPort(host: "127.0.0.1", port: listener.port)
        let work = Background {
            let peer = try listener.accept()
            try speak(peer, HTTPHead(try peer.receiveHead()))
            _ = try? peer.receiveAll()
        }
        return (address, work)
    }

    private static func accept(_ request: HTTPHead) throws -> [UInt8] {
        try OpeningHandshake.response(key: request.values("Sec-WebSocket-Key").first ?? "")
    }

    @Test func talksAndCloses() async throws {
        try await ServerFixture.run { fixture in
            let replies = Replies()
            let client = try await replies.connect(to: fixture.address)
            #expect(client.compression != nil)
            client.send("text")
            client.send([1, 2, 3])
            client.send(.text, Array("in ".utf8), fin: false)
            client.ping([9])
            client.send(.continuation, Array("pieces".utf8))
            #expect(await replies.nextText() == "text")
            #expect(await replies.next() == .message(.binary, [1, 2, 3]))
            let rest = await [replies.next(), replies.next()]
            #expect(Set(rest) == [.pong([9], isAnswer: true), .message(.text, Array("in pieces".utf8))])
            client.close(4000, reason: "done")
            let ending = await client.ending()
            #expect(ending.isClean && ending.code == 4000 && !ending.isGood)
            #expect(ending.sent == ClosePayload(4000, "done") && ending.received == ClosePayload(4000))
        }
    }

    @Test func sendsBytesExactlyAsGiven() async throws {
        let (address, work) = try Self.hostile { peer, request in
            try peer.send(Self.accept(request))
            #expect(try peer.receive(3) == [0xf3, 0x00, 0xff])
        }
        let client = try await Replies().connect(to: address)
        client.sendRaw([0xf3, 0x00, 0xff])
        try await Task.sleep(for: .milliseconds(20))
        client.abort()
        try await work.value
        #expect(await client.ending().tcp == "RST from the client")
    }

    /// §5.3: a fresh key for every frame.
    @Test func masksEachFrameAnew() async throws {
        let (address, work) = try Self.hostile { peer, request in
            try peer.send(Self.accept(request))
            let frames = try (0..<8).map { _ in try peer.receive(6) }
            #expect(frames.allSatisfy { $0[1] == 0x80 } && Set(frames.map { Array($0[2...]) }).count == 8)
            peer.finish()
        }
        let client = try await Replies().connect(to: address)
        for _ in 0..<8 { client.send("") }
        _ = await client.ending()
        try await work.value
    }

    @Test func takesFramesBehindTheResponse() async throws {
        let (address, work) = try Self.hostile { peer, request in
            try peer.send(Self.accept(request) + ServerFixture.reply(.text, Array("early".utf8)))
        }
        let replies = Replies()
        let client = try await replies.connect(to: address)
        #expect(await replies.nextText() == "early")
        client.abort()
        try await work.value
    }

    @Test(arguments: [
        ("HTTP/1.1 404 Not Found\r\nA: \u{1b}[31m\r\n\r\n", "404"), ("hello\r\n\r\n", "no HTTP"),
        ("", "closed the connection"),
        ("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", "Accept"),
    ])
    func saysWhyThereIsNoConnection(response: String, why: String) async throws {
        let (address, work) = try Self.hostile { peer, _ in
            try peer.send(Array(response.utf8))
            peer.finish()
        }
        let error = await #expect(throws: TransportError.self) { try await Replies().connect(to: address) }
        #expect(error?.why.contains(why) == true, "\(String(describing: error))")
        #expect(error?.description.utf8.contains(0x1b) == false)
        try await work.value
    }

    @Test func saysThatNobodyListens() async throws {
        let port = try PlainSocket.listener().port  // closed again at once
        let address = HostPort(host: "127.0.0.1", port: port)
        let error = await #expect(throws: TransportError.self) { try await Replies().connect(to: address) }
        #expect(error?.why == "connection refused")
    }

    @Test func failsOnAMaskedFrame() async throws {
        let (address, work) = try Self.hostile { peer, request in
            try peer.send(Self.accept(request) + ServerFixture.frame(.text, [0x61]))
        }
        let client = try await Replies().connect(to: address)
        let ending = await client.ending()
        #expect(!ending.isClean && ending.code == 1006 && ending.sent?.closeCode == 1002)
        #expect(ending.failure?.contains("a server must not mask") == true)
        try await work.value
    }

    @Test func tellsAnEndWithoutAClose() async throws {
        let (address, work) = try Self.hostile { peer, request in
            try peer.send(Self.accept(request))
            peer.finish()
        }
        let ending = try await Replies().connect(to: address).ending()
        #expect(ending.code == 1006 && !ending.isClean && ending.received == nil)
        try await work.value
    }
}
