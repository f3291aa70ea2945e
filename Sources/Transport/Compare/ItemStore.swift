import Synchronization

/// Items with a version each: what a CRUD interface serves, by HTTP or over a socket.
package final class ItemStore: Sendable {
    package struct Item: Hashable, Sendable {
        package let version: Int
        package let body: [UInt8]

        /// RFC 9110 §8.8.3.
        package var tag: String { "\"v\(version)\"" }
    }

    package enum Outcome: Hashable, Sendable {
        case done(Item)
        case removed
        case missing
        /// Somebody else changed it meanwhile: this is what it is now.
        case conflict(Item)
        case full
    }

    private struct State {
        var items: [String: Item] = [:]
        var version = 0
        var nextKey = 1
    }

    private static let mostItems = 1024
    private let state = Mutex(State())

    package init() {}

    package func get(_ key: String) -> Outcome { state.withLock { $0.items[key].map(Outcome.done) ?? .missing } }

    /// - Parameter tag: The version that is to be replaced; nil for whatever there is, or nothing.
    package func put(_ key: String, _ body: [UInt8], over tag: String? = nil) -> Outcome {
        state.withLock { state in
            if let tag {
                guard let item = state.items[key] else { return .missing }
                guard item.tag == tag else { return .conflict(item) }
            }
            guard state.items[key] != nil || state.items.count < ItemStore.mostItems else { return .full }
            state.version += 1
            let item = Item(version: state.version, body: body)
            state.items[key] = item
            return .done(item)
        }
    }

    /// - Returns: The key that it got.
    package func create(_ body: [UInt8]) -> (key: String, Outcome) {
        let key = state.withLock { state in
            defer { state.nextKey += 1 }
            return "\(state.nextKey)"
        }
        return (key, put(key, body))
    }

    package func delete(_ key: String) -> Outcome {
        state.withLock { $0.items.removeValue(forKey: key) == nil ? .missing : .removed }
    }
}
