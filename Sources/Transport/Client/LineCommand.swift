package import Wire

/// One line that a person types, or a script holds: a message to send, or a command.
package enum LineCommand: Hashable, Sendable {
    case text(String)
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    /// Nil for a Close without a body.
    case close(StatusCode?, reason: String)
    /// Exactly these bytes, whatever they are.
    case raw([UInt8])
    /// Milliseconds in which nothing is sent.
    case wait(Int)
    case help
    /// What is wrong with the line.
    case wrong(String)

    /// A line that begins with `/` is a command; one that begins with `//` a text that begins with `/`.
    package init(_ line: String) {
        guard line.hasPrefix("/") else {
            self = .text(line)
            return
        }
        if line.hasPrefix("//") {
            self = .text(String(line.dropFirst()))
            return
        }
        let parts = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? String(parts[1]) : ""
        self =
            switch parts[0] {
            case "ping": LineCommand.control(rest) { .ping($0) }
            case "pong": LineCommand.control(rest) { .pong($0) }
            case "close": LineCommand.close(rest)
            case "raw": LineCommand.hex(rest) { .raw($0) }
            case "binary": LineCommand.hex(rest) { .binary($0) }
            case "wait":
                Int(rest).flatMap { $0 >= 0 ? .wait($0) : nil } ?? .wrong("/wait takes milliseconds: /wait 500")
            case "help", "?": .help
            case let name:
                .wrong(
                    "there is no /\(SafeText.escape(String(name))); /help lists what there is, // sends a text with /")
            }
    }

    package static let usage = """
        TEXT                 sends it as a text message
        //TEXT               the same for a text that begins with /
        /binary HEX          sends a binary message: /binary 00 ff 10
        /ping [TEXT]         asks for a Pong, and tells how long it took
        /pong [TEXT]         sends a Pong that nobody asked for
        /close [CODE [TEXT]] starts the closing handshake: /close 1000 bye
        /raw HEX             sends exactly these bytes: /raw 81 85 37 fa 21 3d 7f 9f 4d 51 58
        /wait MS             waits, in a script
        /help                shows this
        """

    private static func control(_ text: String, _ command: ([UInt8]) -> LineCommand) -> LineCommand {
        let payload = Array(text.utf8)
        return payload.count <= 125
            ? command(payload) : .wrong("a control frame has at most 125 bytes, RFC 6455 §5.5; /raw sends more")
    }

    private static func close(_ text: String) -> LineCommand {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty else { return .close(nil, reason: "") }
        guard let code = UInt16(first).map(StatusCode.init(rawValue:)) else {
            return .wrong("/close takes a status code and a reason: /close 1000 bye")
        }
        guard code.isAllowedOnWire else {
            return .wrong("\(code) must not be on the wire, RFC 6455 §7.4; /raw sends it nevertheless")
        }
        return .close(code, reason: parts.count > 1 ? String(parts[1]) : "")
    }

    private static func hex(_ text: String, _ command: ([UInt8]) -> LineCommand) -> LineCommand {
        do {
            return command(try HexBytes.parse(text))
        } catch {
            return .wrong("this is no hexadecimal: \(error)")
        }
    }
}
