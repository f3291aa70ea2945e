import FoundationEssentials

/// What a room tells its members besides what they say to each other: one JSON object a message.
package enum RoomNotice: Hashable, Sendable {
    /// Who is here: members by node. Only to those who asked for it.
    case presence(RoomPresence)
    /// The node and its broker did not hear each other for so many milliseconds.
    case gap(milliseconds: Int)
    /// So many messages of other nodes were left out, because this one could not keep up.
    case left(Int)

    package var text: String {
        switch self {
        case .presence(let presence): JSONLine.text(["presence": presence])
        case .gap(let milliseconds):
            JSONLine.text([
                "gap": RoomGap(
                    milliseconds: milliseconds,
                    why: "the broker was out of reach; what was said on other nodes meanwhile did not arrive")
            ])
        case .left(let count):
            JSONLine.text(["gap": RoomGap(messages: count, why: "this node could not keep up with the other nodes")])
        }
    }
}

/// How many members a room has.
package struct RoomPresence: Hashable, Sendable, Codable {
    /// The node that tells it.
    package let node: String
    /// On all nodes.
    package let members: Int
    package let nodes: [String: Int]

    package init(node: String, nodes: [String: Int]) {
        self.node = node
        self.nodes = nodes
        members = nodes.values.reduce(0, +)
    }
}

private struct RoomGap: Codable {
    var milliseconds: Int?
    var messages: Int?
    let why: String
}

/// JSON in one line, keys in a fixed order.
enum JSONLine {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings and integers, which are all that is written here, can always be encoded.
        let bytes = (try? encoder.encode(value)) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ text: some StringProtocol) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
