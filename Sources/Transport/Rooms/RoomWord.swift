/// What nodes tell each other about a room, besides what is appended to its journal.
enum RoomWord: Hashable {
    /// A member there said it.
    case said(Message.Kind, [UInt8])
    /// So many members are in the room on that node.
    case count(Int, node: String)
    /// A node that comes new, or back, asks the others for their counts.
    case ask

    var bytes: [UInt8] {
        switch self {
        case .said(.text, let bytes): [UInt8(ascii: "t")] + bytes
        case .said(.binary, let bytes): [UInt8(ascii: "b")] + bytes
        case .count(let count, let node): Array("n\(count) \(node)".utf8)
        case .ask: [UInt8(ascii: "?")]
        }
    }

    /// Nil for what no node of ours can have said.
    init?(_ bytes: [UInt8]) {
        guard let tag = bytes.first else { return nil }
        let rest = bytes.dropFirst()
        switch tag {
        case UInt8(ascii: "t"):
            guard rest.count <= Chat.longestMessage, String(validating: rest, as: UTF8.self) != nil else { return nil }
            self = .said(.text, Array(rest))
        case UInt8(ascii: "b"):
            guard rest.count <= Chat.longestMessage else { return nil }
            self = .said(.binary, Array(rest))
        case UInt8(ascii: "n"):
            let words = String(decoding: rest, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let count = UInt16(words[0]), NodeName.isGood(words[1]) else { return nil }
            self = .count(Int(count), node: String(words[1]))
        case UInt8(ascii: "?") where rest.isEmpty: self = .ask
        default: return nil
        }
    }
}

/// The name of a node: letters, digits, `.`, `_` and `-`, at most 64.
package enum NodeName {
    package static func isGood(_ name: some StringProtocol) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
