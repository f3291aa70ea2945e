import Synchronization
import Transport

/// A member of one large room that only counts what it hears.
final class CountingGuest: Sendable {
    private final class Count: Sendable {
        let value = Atomic(0)
    }

    let client: WebSocketClient
    private let count: Count

    init(_ address: HostPort) async throws {
        let count = Count()
        var request = ClientRequest(WebSocketURL(address: address, target: "/chat/plan"))
        request.compresses = false
        client = try await WebSocketClient.connect(request) { _, event in
            if case .message = event { count.value.add(1, ordering: .relaxed) }
        }
        self.count = count
    }

    var heard: Int { count.value.load(ordering: .relaxed) }
}
