import Foundation

actor Feed {
    private let session = URLSession(configuration: .default)

    func follow(_ token: String) async throws {
        var delay = 0.5
        while !Task.isCancelled {
            var request = URLRequest(url: URL(string: "wss://feed.example.com/live")!)
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            let task = session.webSocketTask(with: request)
            task.maximumMessageSize = 64 * 1024
            task.resume()
            do {
                try await read(task)
            } catch {
                try await Task.sleep(for: .seconds(Double.random(in: 0...delay)))
                delay = min(delay * 2, 30)
            }
        }
    }

    private func read(_ task: URLSessionWebSocketTask) async throws {
        let beat = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(25))
                task.sendPing { error in if error != nil { task.cancel(with: .goingAway, reason: nil) } }
            }
        }
        defer { beat.cancel() }
        while true {
            guard case .string(let text) = try await task.receive() else { continue }
            print(try JSONDecoder().decode(Tick.self, from: Data(text.utf8)).price)
        }
    }
}
