import Foundation
import Synchronization
import Transport
import Wire

/// A member of a chat room in a lab, who remembers what it heard and knows its node.
final class ChatGuest: Sendable {
    private struct State {
        var heard: [String] = []
        var gaps = 0
        var presence: RoomPresence?
        var code: UInt16?
    }

    private let client: WebSocketClient
    private let state: Record

    private final class Record: Sendable {
        let state = Mutex(State())
    }

    /// - Parameter cookie: Sent with the request.
    init(_ address: HostPort, room: String, cookie: String? = nil) async throws {
        let record = Record()
        var request = ClientRequest(WebSocketURL(address: address, target: "/chat/\(room)?presence"))
        request.compresses = false
        if let cookie { request.fields = [("Cookie", cookie)] }
        client = try await WebSocketClient.connect(request) { _, event in ChatGuest.take(event, record) }
        state = record
    }

    private static func take(_ event: ClientEvent, _ record: Record) {
        record.state.withLock { state in
            switch event {
            case .message(_, let bytes):
                if let presence = try? JSONDecoder().decode([String: RoomPresence].self, from: Data(bytes))["presence"]
                {
                    state.presence = presence
                } else if bytes.starts(with: Array(#"{"gap""#.utf8)) {
                    state.gaps += 1
                } else {
                    state.heard.append(String(decoding: bytes, as: UTF8.self))
                }
            case .ended(let ending): state.code = ending.code.rawValue
            case .opened, .ping, .pong, .closed: break
            }
        }
    }

    var heard: [String] { state.state.withLock { $0.heard } }
    var gaps: Int { state.state.withLock { $0.gaps } }
    var presence: RoomPresence? { state.state.withLock { $0.presence } }
    /// The node it is on, as soon as it was told.
    var node: String? { presence?.node }
    /// The cookie that a balancer set.
    var cookie: String? { client.response?.values("Set-Cookie").first.map { String($0.prefix { $0 != ";" }) } }

    func say(_ text: String) { client.send(text) }

    func leave() async {
        client.close(.normalClosure)
        _ = await client.ending()
    }

    /// So many of them, at the same room; returns when each knows its node.
    static func several(_ count: Int, _ address: HostPort, room: String) async throws -> [ChatGuest] {
        var guests: [ChatGuest] = []
        for _ in 0..<count { guests.append(try await ChatGuest(address, room: room)) }
        _ = await Eventually.holds(within: .seconds(10)) { guests.allSatisfy { $0.node != nil } }
        return guests
    }
}

extension Sequence<ChatGuest> {
    func leave() async { for guest in self { await guest.leave() } }

    /// How many are on each node: "node-1 2, node-2 2".
    var distribution: String {
        let counts = Dictionary(grouping: self.compactMap(\.node)) { $0 }.mapValues(\.count)
        return counts.sorted { $0.key < $1.key }.map { "\($0.key) has \($0.value)" }.joined(separator: ", ")
    }
}
