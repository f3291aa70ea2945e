package import Wire

/// Which events an assertion speaks of: `client text on you where len > 5`.
package struct EventPattern: Hashable, Sendable {
    /// What an event is.
    package enum What: String, Hashable, Sendable, CaseIterable {
        case opened, request, response, established
        case frame, text, binary, continuation, ping, pong, close
        case message, violation, fin, reset, closed, note

        /// A frame with this opcode only.
        var opcode: Opcode? {
            switch self {
            case .text: .text
            case .binary: .binary
            case .continuation: .continuation
            case .ping: .ping
            case .pong: .pong
            case .close: .close
            case .opened, .request, .response, .established, .frame, .message, .violation, .fin, .reset, .closed,
                .note:
                nil
            }
        }

        /// The fields that an author may ask for; header fields besides.
        var fields: [String] {
            switch self {
            case .opened, .fin, .reset: []
            case .request, .response: ["method", "target", "status", "broken", "bytes"]
            case .established: ["subprotocol", "compressed"]
            case .frame, .text, .binary, .continuation, .ping, .pong, .close:
                [
                    "fin", "rsv1", "rsv2", "rsv3", "opcode", "masked", "len", "form", "payload", "number", "compressed",
                    "violation", "code", "reason", "rtt", "answers",
                ]
            case .violation: ["rule", "number", "opcode", "len", "masked", "payload", "fin"]
            case .message: ["kind", "len", "fragments", "payload"]
            case .closed: ["clean", "client", "server", "first"]
            case .note: ["text"]
            }
        }
    }

    package let side: Side?
    package let what: What
    /// The name of the connection.
    package let connection: String?
    package let conditions: [Condition]

    /// One thing that is asked of a field.
    package struct Condition: Hashable, Sendable {
        package let field: String
        package let comparison: Comparison
        /// More than one only for `in`.
        package let values: [String]
    }

    package enum Comparison: String, Hashable, Sendable, CaseIterable {
        case equal = "=="
        case unequal = "!="
        case less = "<"
        case atMost = "<="
        case more = ">"
        case atLeast = ">="
        case contains = "~"
        case among = "in"

        /// Whether two figures stand so to each other.
        package func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .equal, .among: left == right
            case .unequal: left != right
            case .less: left < right
            case .atMost: left <= right
            case .more: left > right
            case .atLeast: left >= right
            case .contains: false
            }
        }
    }
}

extension EventPattern: CustomStringConvertible {
    /// As an author writes it.
    package var description: String {
        var words = side.map { ["\($0)"] } ?? []
        words.append(what.rawValue)
        if let connection { words += ["on", connection] }
        if !conditions.isEmpty { words += ["where", conditions.map(\.description).joined(separator: " and ")] }
        return words.joined(separator: " ")
    }

    /// For a sentence: "a text frame of the client on you".
    package var phrase: String {
        let noun =
            switch what {
            case .text, .binary, .continuation, .ping, .pong, .close: "\(what.rawValue) frame"
            case .opened: "TCP connection"
            case .established: "opening handshake that was agreed"
            case .fin: "FIN"
            case .reset: "RST"
            case .closed: "end of a connection"
            case .request, .response, .frame, .message, .violation, .note: what.rawValue
            }
        return noun + (side.map { " of the \($0)" } ?? "") + (connection.map { " on \($0)" } ?? "")
    }
}

extension EventPattern.Condition: CustomStringConvertible {
    package var description: String {
        let shown = values.map { $0.contains(" ") ? "\"\($0)\"" : $0 }.joined(separator: " ")
        return "\(field) \(comparison.rawValue) \(shown)"
    }
}
