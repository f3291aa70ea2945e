import Testing
import Transport

/// The README's example, as it stands there.
struct ExampleTests {
    @Test func echoesInTenLines() async throws {
        let server = WebSocketServer(port: 0)
        server.onConnection { connection in
            connection.onMessage { message in
                connection.send("Echo: \(message.text)")
            }
        }
        let address = try await server.start()  // `run()` in the README, which does not return before SIGINT

        let replies = Replies()
        let client = try await replies.connect(to: address)
        client.send("Hello")
        #expect(await replies.next() == .message(.text, Array("Echo: Hello".utf8)))
        client.close()
        #expect(await client.ending().isGood)
        await server.stop()
    }
}
