/// Reading a frame in words.
extension FrameSpec {
    /// What is wrong with the words, for a person.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Frames in words, with `;` between them.
    package static func parseAll(_ text: String) throws(Fault) -> [FrameSpec] {
        var specs: [FrameSpec] = []
        for part in split(text, at: ";") where !part.allSatisfy(\.isWhitespace) { specs.append(try parse(part)) }
        guard !specs.isEmpty else { throw Fault(description: "there is no frame; write one such as text \"Hello\"") }
        return specs
    }

    /// One frame in words: an opcode, a payload, and what is special about it.
    package static func parse(_ text: String) throws(Fault) -> FrameSpec {
        var words = split(text, at: " ").filter { !$0.isEmpty }
        guard !words.isEmpty else { throw Fault(description: "there is no frame") }
        var spec = FrameSpec(try opcode(words.removeFirst()))
        var closeCode: UInt16?
        for word in words {
            if spec.opcode == .close, let code = UInt16(word) {
                closeCode = code
                spec.payload = [UInt8(code >> 8), UInt8(code & 0xff)]
            } else if word.hasPrefix("\"") {
                let bytes = try quoted(word)
                spec.payload = closeCode == nil ? bytes : spec.payload + bytes
            } else {
                try spec.apply(word)
            }
        }
        return spec
    }

    private static func opcode(_ word: String) throws(Fault) -> Opcode {
        let named: [Opcode] = [.continuation, .text, .binary, .close, .ping, .pong]
        if let known = named.first(where: { $0.description == word.lowercased() }) { return known }
        if word.lowercased().hasPrefix("0x"), let bits = UInt8(word.dropFirst(2), radix: 16), bits < 16 {
            return Opcode(bits: bits)
        }
        throw Fault(
            description: "\"\(SafeText.escape(word))\" is no opcode; there are "
                + named.map(\.description).joined(separator: ", ") + ", and numbers such as 0x3")
    }

    private mutating func apply(_ word: String) throws(Fault) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count > 1 ? parts[1] : ""
        switch parts[0] {
        case "fin" where value == "0": fin = false
        case "fin" where value == "1": fin = true
        case "rsv1" where parts.count == 1: reserved |= 4
        case "rsv2" where parts.count == 1: reserved |= 2
        case "rsv3" where parts.count == 1: reserved |= 1
        case "mask": mask = try FrameSpec.mask(value)
        case "form" where ["7", "16", "64"].contains(value):
            form = value == "7" ? .bits7 : value == "16" ? .bits16 : .bits64
        case "length":
            guard let number = FrameSpec.number(value) else {
                throw Fault(description: "length= takes a number, not \"\(SafeText.escape(value))\"")
            }
            length = number
        case let other where other.hasPrefix("hex:"):
            payload = try FrameSpec.hex(String(word.dropFirst(4)))
        case let other where other.hasPrefix("random:"):
            guard let count = Int(word.dropFirst(7)), count <= 1 << 24 else {
                throw Fault(description: "random: takes a number of bytes up to 16 MiB")
            }
            // Not random at all: a fixed walk, so that what is claimed of it can be checked.
            payload = (0..<count).map { UInt8(truncatingIfNeeded: 0x20 + ($0 &* 37 &+ $0 / 95) % 95) }
        default:
            throw Fault(
                description: "\"\(SafeText.escape(word))\" says nothing about a frame; there are fin=0, rsv1, rsv2, "
                    + "rsv3, mask=37fa213d, mask=none, form=16, form=64, length=N, \"text\", hex:48656c, random:N")
        }
    }

    private static func number(_ text: String) -> UInt64? {
        if text.lowercased().hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16) }
        let parts = text.split(separator: "^", maxSplits: 1)
        if parts.count == 2, parts[0] == "2", let power = UInt64(parts[1]), power < 64 { return 1 << power }
        return UInt64(text)
    }

    private static func mask(_ value: String) throws(Fault) -> Mask {
        if value == "none" { return .none }
        let key = try hex(value)
        guard key.count == 4 else { throw Fault(description: "a masking key has 4 bytes, not \(key.count)") }
        return .key(MaskingKey(key[0], key[1], key[2], key[3]))
    }

    private static func hex(_ text: String) throws(Fault) -> [UInt8] {
        do {
            return try HexBytes.parse(text)
        } catch {
            throw Fault(description: "\(error)")
        }
    }

    /// The inside of a text in double quotes, with the escapes `\"`, `\\`, `\n` and `\xff` (a byte).
    private static func quoted(_ word: String) throws(Fault) -> [UInt8] {
        guard word.count >= 2, word.hasSuffix("\"") else {
            throw Fault(description: "the text \(SafeText.escape(word)) has no end; it stands between two \"")
        }
        var bytes: [UInt8] = []
        var rest = Substring(word.dropFirst().dropLast())
        while let character = rest.popFirst() {
            guard character == "\\" else {
                bytes += Array(String(character).utf8)
                continue
            }
            switch rest.popFirst() {
            case "n": bytes.append(0x0a)
            case "x":
                guard let byte = UInt8(rest.prefix(2), radix: 16) else {
                    throw Fault(description: "\\x takes two hexadecimal digits")
                }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            case let other?: bytes += Array(String(other).utf8)
            case nil: throw Fault(description: "a backslash at the end escapes nothing")
            }
        }
        return bytes
    }

    /// Splits where no quotes are open.
    private static func split(_ text: String, at separator: Character) -> [String] {
        var parts = [""]
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if character == separator, !isQuoted {
                parts.append("")
                continue
            }
            parts[parts.count - 1].append(character)
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts
    }
}
