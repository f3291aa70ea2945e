import Connection
import Wire

/// What is remembered of each client of an endpoint, of at most 4096 of them: when 2048 new ones have come, those are
/// forgotten that were not heard of meanwhile.
package struct Visitors<Visitor: Hashable, Memory> {
    private var young: [Visitor: Memory] = [:]
    private var old: [Visitor: Memory] = [:]

    private static var generation: Int { 2048 }

    package init() {}

    /// Changes what is remembered of that client, `new` for one who is not known.
    package mutating func with<Result>(
        _ visitor: Visitor, new: @autoclosure () -> Memory, _ change: (inout Memory) -> Result
    ) -> Result {
        if let index = young.index(forKey: visitor) { return change(&young.values[index]) }
        if young.count >= Self.generation {
            old = young
            young = [:]
        }
        var memory = old.removeValue(forKey: visitor) ?? new()
        defer { young[visitor] = memory }
        return change(&memory)
    }

    /// Everybody who is known, in no order.
    package var all: [Memory] { Array(young.values) + old.values }
}

extension Visitors: Sendable where Visitor: Sendable, Memory: Sendable {}

/// A client of an endpoint, as far as one can be told from another: by its address without the port, the host and path
/// that it asks for, and its User-Agent.
struct Visitor: Hashable, Sendable {
    private let hash: ContentHash

    /// - Parameter identity: What tells it apart further.
    /// - Returns: nil where its address or its request is not known.
    init?(_ connection: LintedConnection, identity: String = "") {
        guard let opening = connection.opening, !opening.client.ip.isEmpty, let request = connection.request?.head,
            let path = connection.path
        else { return nil }
        var hash = ContentHash(opening.client.ip.span)
        for text in [request.values("Host").first ?? "", path, request.values("User-Agent").first ?? "", identity] {
            hash.add(Array(text.utf8).span)
        }
        self.hash = hash
    }
}
