import Synchronization
import Wire

/// Clients that show what WebSocket traffic looks like while nobody else is there: they talk to the teaching server,
/// all of the standard's frames in turn, slowly enough to be read, and step aside for a real client.
package final class DemoClient: Sendable {
    private let server: WebSocketURL
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// - Parameter server: The teaching server; the target does not matter.
    package init(_ server: WebSocketURL) { self.server = server }

    /// Whether the demo talks now.
    package var isRunning: Bool { task.withLock { $0 != nil } }

    /// Begins to talk; does nothing while it does already.
    package func start() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task { await self.play() }
        }
    }

    /// Says goodbye on every connection. Returns at once; the closing handshakes follow.
    package func stepAside() {
        task.withLock { task in
            task?.cancel()
            task = nil
        }
    }

    private func play() async {
        await withTaskGroup { group in
            group.addTask { await self.repeatedly("/echo", DemoScript.tour, pause: 3) }
            group.addTask { await self.repeatedly("/chat/lobby", DemoScript.ada, pause: 5) }
            group.addTask { await self.repeatedly("/chat/lobby", DemoScript.grace, pause: 5) }
            group.addTask { await self.repeatedly("/ticker?interval=700", DemoScript.reader, pause: 8) }
        }
    }

    /// Plays a script over a connection of its own, again and again.
    private func repeatedly(_ target: String, _ script: [DemoScript.Step], pause: Int) async {
        while !Task.isCancelled {
            if let client = await connect(target) {
                await perform(script, on: client)
                client.close(.normalClosure, reason: Task.isCancelled ? "a guest is here" : "until next time")
                _ = await client.ending()
            }
            try? await Task.sleep(for: .seconds(pause))
        }
    }

    private func connect(_ target: String) async -> WebSocketClient? {
        var request = ClientRequest(WebSocketURL(isTLS: server.isTLS, address: server.address, target: target))
        request.fields = [("User-Agent", TeachingServer.demoAgent)]
        request.tls = ClientTLS(isInsecure: true)  // it talks to the server of its own program
        return try? await WebSocketClient.connect(request) { _, _ in }
    }

    private func perform(_ script: [DemoScript.Step], on client: WebSocketClient) async {
        for step in script {
            if Task.isCancelled { return }
            switch step {
            case .text(let text): client.send(text)
            case .binary(let bytes): client.send(bytes)
            case .fragments(let parts):
                for (index, part) in parts.enumerated() {
                    client.send(index == 0 ? .text : .continuation, Array(part.utf8), fin: index == parts.count - 1)
                }
            case .ping(let text): client.ping(Array(text.utf8))
            case .pause(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
            }
        }
    }
}
