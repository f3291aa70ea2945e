import Synchronization
import Testing
import Transport

struct ReconnectingClientTests {
    private final class Told: Sendable {
        private let state = Mutex<[String]>([])
        var words: [String] { state.withLock { $0 } }

        func take(_ event: ReconnectingClient.Event) {
            let word =
                switch event {
                case .attempting(let number): "attempt \(number)"
                case .opened: "opened"
                case .message: "message"
                case .ended(let ending): "ended \(ending.code)"
                case .failed(let error): "failed \(error.refusal ?? 0)"
                case .waiting: "waiting"
                case .givenUp: "given up"
                }
            state.withLock { $0.append(word) }
        }
    }

    private func client(_ address: HostPort, _ told: Told) -> ReconnectingClient {
        ReconnectingClient(
            .fixed(.milliseconds(5)),
            request: { ClientRequest(WebSocketURL(address: address, target: "/")) }, take: told.take)
    }

    /// What is wrong with this client stays wrong; what is wrong with the server does not.
    @Test(arguments: [
        (1000, false), (1008, false), (1009, false), (1001, true), (1011, true), (1012, true), (1013, true),
    ])
    func comesBackWhereThatIsOfUse(code: UInt16, comesBack: Bool) async throws {
        let server = WebSocketServer(port: 0)
        let first = Atomic(true)
        server.onConnection { connection in
            if first.exchange(false, ordering: .relaxed) { connection.close(code: code) }
        }
        let listening = try await server.start()
        let told = Told()
        let client = client(listening, told)
        client.start()
        let end = comesBack ? "opened" : "given up"
        while told.words.last != end || (comesBack && told.words.count < 4) {
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(
            told.words
                == ["attempt 0", "opened", "ended \(code)"]
                + (comesBack ? ["waiting", "attempt 1", "opened"] : ["given up"]))
        await client.stop()
        await server.stop()
    }

    @Test(arguments: [(403, false), (404, false), (429, true), (503, true)])
    func aRefusalIsTemporaryOrNot(status: Int, comesBack: Bool) async throws {
        let server = WebSocketServer(port: 0)
        server.onRequest { _ in .refuse(status: status, "no") }
        let told = Told()
        let client = client(try await server.start(), told)
        client.start()
        while told.words.count < (comesBack ? 6 : 3) { try await Task.sleep(for: .milliseconds(2)) }
        let attempt = ["attempt 0", "failed \(status)"]
        #expect(
            told.words.prefix(comesBack ? 4 : 3)
                == (attempt + (comesBack ? ["waiting", "attempt 1"] : ["given up"])).prefix(comesBack ? 4 : 3))
        await client.stop()
        await server.stop()
    }

    @Test func stormCountsEveryAttempt() async throws {
        var options = StormOptions()
        options.clients = 20
        options.outage = .milliseconds(100)
        options.capacity = 1000
        let result = try await Storm.run(options, .fullJitter(base: .milliseconds(20), cap: .milliseconds(200)))
        #expect(result.back == 20 && result.allBack != nil)
        #expect(result.total >= 20 && result.wasted == result.total - 20)
    }
}
