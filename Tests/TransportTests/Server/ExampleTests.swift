import Foundation
import Testing
import Transport

/// The README's example: it compiles here as it stands there, and does what it says.
struct ExampleTests {
    /// Never called, for it would not return before SIGINT.
    private func example() async throws {
        // README
        let server = WebSocketServer(port: 8080)
        server.onConnection { connection in
            connection.onMessage { message in
                connection.send("Echo: \(message.text)")
            }
        }
        try await server.run()
        // README
    }

    @Test func standsInTheReadme() throws {
        let here = URL(fileURLWithPath: #filePath)
        let root = here.pathComponents.dropLast(4).joined(separator: "/").dropFirst()
        let lines = try String(contentsOf: here, encoding: .utf8)
            .components(separatedBy: "        // README\n")[1].split(separator: "\n").map { $0.dropFirst(8) }
        let readme = try String(contentsOfFile: "\(root)/README.md", encoding: .utf8)
        #expect(readme.contains("```swift\nimport Transport\n\n" + lines.joined(separator: "\n") + "\n```"))
    }

    @Test func echoes() async throws {
        let server = WebSocketServer(port: 0)
        server.onConnection { connection in
            connection.onMessage { message in
                connection.send("Echo: \(message.text)")
            }
        }
        let replies = Replies()
        let client = try await replies.connect(to: server.start())
        client.send("Hello")
        #expect(await replies.next() == .message(.text, Array("Echo: Hello".utf8)))
        client.close()
        #expect(await client.ending().isGood)
        await server.stop()
    }
}
