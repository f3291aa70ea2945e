import Connection
import Foundation
import Synchronization

/// The same work by HTTP and over a socket, step by step.
package struct CRUDComparison: Hashable, Sendable {
    /// How one way did one step.
    package struct Side: Hashable, Sendable, Codable {
        /// What came back, in that way's own words.
        package let answers: [String]
        /// Both ways, above TCP.
        package let bytes: Int
        package let milliseconds: Double
    }

    package struct Step: Hashable, Sendable, Codable {
        package let title: String
        package let http: Side
        package let socket: Side
    }

    package let steps: [Step]

    /// Of the item that everything else waits behind, in bytes.
    private static let large = 5 << 20
    /// Of the item that is read again and again.
    private static let usual = 2000

    package static func run() async throws(TransportError) -> CRUDComparison {
        let store = ItemStore()
        _ = store.put("42", Array(String(repeating: "a", count: usual).utf8))
        _ = store.put("large", Array(String(repeating: "b", count: large).utf8))
        _ = store.put("small", Array("c".utf8))
        let http = try await HTTPItems.start(store)
        let socket: SocketItemsClient
        do {
            socket = try await SocketItemsClient.start(store)
        } catch {
            await http.stop()
            throw error
        }
        do {
            let comparison = CRUDComparison(steps: try await steps(http, socket))
            await http.stop()
            await socket.stop()
            return comparison
        } catch {
            await http.stop()
            await socket.stop()
            throw error
        }
    }

    private static func steps(_ http: HTTPItems, _ socket: SocketItemsClient) async throws(TransportError) -> [Step] {
        [
            Step(
                title: "read an item of 2 kB three times", http: try await http.readThreeTimes(),
                socket: try await socket.readThreeTimes()),
            Step(
                title: "change what somebody else has changed", http: try await http.changeStale(),
                socket: try await socket.changeStale()),
            Step(
                title: "read what is not there", http: try await http.readMissing(),
                socket: try await socket.readMissing()),
            Step(
                title: "two requests, the first takes 100 ms", http: try await http.overtake(),
                socket: try await socket.overtake()),
            Step(
                title: "a small item behind one of 5 MiB", http: try await http.waitBehindLarge(),
                socket: try await socket.waitBehindLarge()),
        ]
    }
}
