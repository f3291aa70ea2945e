package import Wire

/// Messages that wait for a slow reader and may be dropped: not yet frames, because what permessage-deflate makes of a
/// message refers to those before it, and a frame that is left out would break all behind it.
package final class Outbox {
    package struct Waiting {
        package let opcode: Opcode
        package let payload: [UInt8]
        package let topic: String?

        package init(opcode: Opcode, payload: [UInt8], topic: String?) {
            self.opcode = opcode
            self.payload = payload
            self.topic = topic
        }
    }

    private let limit: Int
    private let keepsNewest: Bool
    /// Bytes of all payloads, and what each costs besides.
    package private(set) var size = 0
    package private(set) var count = 0
    /// In their order; nil where one is gone.
    private var slots: [Waiting?] = []
    /// No slot before it holds one.
    private var first = 0
    /// Where each topic's message is.
    private var places: [String: Int] = [:]

    /// What a waiting message costs besides its payload.
    package static let overhead = 64

    /// - Parameters:
    ///   - limit: The most bytes that wait; one message alone may be longer.
    ///   - keepsNewest: Of each topic only the newest waits.
    package init(limit: Int, keepsNewest: Bool) {
        self.limit = limit
        self.keepsNewest = keepsNewest
    }

    /// - Returns: How many messages were dropped for it.
    package func append(_ message: Waiting) -> Int {
        let before = count
        if keepsNewest, let topic = message.topic {
            if let old = places[topic] { remove(at: old) }
            places[topic] = slots.count
        }
        slots.append(message)
        size += message.payload.count + Outbox.overhead
        count += 1
        while size > limit, count > 1, let oldest = firstPlace() { remove(at: oldest) }
        compact()
        return before + 1 - count
    }

    package func popFirst() -> Waiting? {
        guard let place = firstPlace() else { return nil }
        let message = slots[place]
        remove(at: place)
        compact()
        return message
    }

    private func firstPlace() -> Int? {
        while first < slots.count, slots[first] == nil { first += 1 }
        return first < slots.count ? first : nil
    }

    private func remove(at place: Int) {
        guard let message = slots[place] else { return }
        slots[place] = nil
        size -= message.payload.count + Outbox.overhead
        count -= 1
        if let topic = message.topic, places[topic] == place { places[topic] = nil }
    }

    /// Closes the gaps once they are most of what there is, so that each message is moved but a few times.
    private func compact() {
        guard slots.count >= 64, slots.count > 2 * count else { return }
        slots = slots.filter { $0 != nil }
        first = 0
        places = [:]
        guard keepsNewest else { return }
        for (place, message) in slots.enumerated() {
            if let topic = message?.topic { places[topic] = place }
        }
    }
}
