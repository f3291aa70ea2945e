package import Wire

/// One line of a raw peer: what it does next, as a person types it or a script holds it.
package enum RawLine: Hashable, Sendable {
    /// These bytes, in one write.
    case bytes([UInt8])
    /// These frames, in one write.
    case frames([FrameSpec])
    /// Each byte in a write of its own.
    case bytewise([UInt8])
    /// Waits until a frame with that opcode has come.
    case await(Opcode)
    /// Sends the next message back.
    case echo
    /// Answers neither Ping nor Close from the beginning on.
    case silent
    /// Reads no more; reads again.
    case pause, resume
    case fin, abort
    /// Milliseconds.
    case wait(Int)
    /// Says what the server says about the connection, in a recording.
    case note(String)
    /// What is wrong with the line.
    case wrong(String)

    /// - Parameter isOpen: Whether the opening handshake is done. Before it, a line is one of HTTP.
    package init(_ line: String, isOpen: Bool) {
        if line.hasPrefix("/"), !line.hasPrefix("//"), let command = RawLine.command(line) {
            self = command
        } else if isOpen {
            self = RawLine.hex(line) { .bytes($0) }
        } else {
            self = .bytes(Array((line + "\r\n").utf8))
        }
    }

    package static let usage = """
        before the 101: lines of HTTP, each sent with CRLF; an empty line ends the head
        HEX                  behind it: exactly these bytes
        /frame SPEC; SPEC    frames in words: /frame text "Hel" fin=0; ping "?"
        /text X  /ping X  /pong X  /close [CODE TEXT]
        /fragments Hel|lo    one message in so many frames
        /bytewise HEX        each byte in a segment of its own
        /line TEXT           TEXT and CRLF
        /pause  /resume      stops reading, reads again
        /fin  /abort         ends TCP: with FIN, with RST
        /wait MS
        """

    private static func command(_ line: String) -> RawLine? {
        let parts = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? String(parts[1]) : ""
        switch parts.first {
        case "frame": return frames(rest)
        case "text": return .frames([FrameSpec(.text, Array(rest.utf8))])
        case "ping": return .frames([FrameSpec(.ping, Array(rest.utf8))])
        case "pong": return .frames([FrameSpec(.pong, Array(rest.utf8))])
        case "close": return close(rest)
        case "fragments": return .frames(fragments(rest))
        case "raw": return hex(rest) { .bytes($0) }
        case "bytewise": return hex(rest) { .bytewise($0) }
        case "line": return .bytes(Array((rest + "\r\n").utf8))
        case "await": return awaited(rest)
        case "echo": return .echo
        case "silent": return .silent
        case "pause", "stall": return .pause
        case "resume": return .resume
        case "fin": return .fin
        case "abort": return .abort
        case "note": return .note(rest)
        case "wait": return Int(rest).flatMap { $0 >= 0 ? .wait($0) : nil } ?? .wrong("/wait takes milliseconds")
        case let name?: return .wrong("there is no /\(SafeText.escape(String(name)))")
        case nil: return nil
        }
    }

    private static func hex(_ text: String, _ line: ([UInt8]) -> RawLine) -> RawLine {
        do {
            return line(try HexBytes.parse(text))
        } catch {
            return .wrong("\(error)")
        }
    }

    private static func frames(_ text: String) -> RawLine {
        do {
            return .frames(try FrameSpec.parseAll(text))
        } catch {
            return .wrong(error.description)
        }
    }

    /// A code that must not be on the wire is sent as well: whoever types here knows why.
    private static func close(_ text: String) -> RawLine {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let first = parts.first else { return .frames([FrameSpec(.close)]) }
        guard let code = UInt16(first) else {
            return .wrong("/close takes a status code and a reason: /close 1000 bye")
        }
        let reason = parts.count > 1 ? Array(parts[1].utf8) : []
        return .frames([FrameSpec(.close, [UInt8(code >> 8), UInt8(code & 0xff)] + reason)])
    }

    private static func fragments(_ text: String) -> [FrameSpec] {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        return parts.enumerated().map { index, part in
            var spec = FrameSpec(index == 0 ? .text : .continuation, Array(part.utf8))
            spec.fin = index == parts.count - 1
            return spec
        }
    }

    private static func awaited(_ text: String) -> RawLine {
        let known: [Opcode] = [.text, .binary, .continuation, .ping, .pong, .close]
        return known.first { $0.description == text }.map { .await($0) }
            ?? .wrong("/await takes text, binary, continuation, ping, pong or close")
    }
}
