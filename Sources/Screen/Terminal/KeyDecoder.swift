/// Bytes of a terminal in, keys out: UTF-8, the cursor keys of xterm, VT and Linux consoles, SGR mouse reports.
///
/// Total: what it does not know is skipped, so that a strange key does nothing instead of typing its sequence's letters.
struct KeyDecoder: Sendable {
    private enum State: Hashable, Sendable {
        case ground
        case escape
        /// After ESC [
        case control([UInt8])
        /// After ESC O
        case shift3
        /// After ESC ] up to BEL or ESC \
        case command([UInt8])
        /// After ESC P, ESC X, ESC ^, ESC _: skipped up to ESC \
        case skipped(afterEscape: Bool)
        case character([UInt8])
        /// After ESC [ 200 ~ up to ESC [ 201 ~.
        case paste
    }

    /// What is pasted beyond this is left out.
    static let pasteLimit = 65_536

    private var state = State.ground
    private var pasted: [UInt8] = []

    /// Whether an Esc may be a key of its own or the start of a sequence: a short wait tells.
    var isWaiting: Bool { state != .ground }

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes { feed(byte, into: &keys) }
        return keys
    }

    /// Nothing followed for a while: an Esc alone was the key.
    mutating func flush() -> [Key] {
        // Of a long text the rest is still on its way.
        if state == .paste { return [] }
        defer { state = .ground }
        return state == .escape ? [.escape] : []
    }

    private mutating func feed(_ byte: UInt8, into keys: inout [Key]) {
        switch state {
        case .ground: begin(byte, into: &keys)
        case .escape: afterEscape(byte, into: &keys)
        case .control(let collected): inControl(collected, byte, into: &keys)
        case .shift3:
            state = .ground
            if let key = KeyDecoder.letterKey(byte) { keys.append(key) }
        case .command(let collected): inCommand(collected, byte, into: &keys)
        case .skipped(let afterEscape):
            state = afterEscape && byte == UInt8(ascii: "\\") ? .ground : .skipped(afterEscape: byte == 0x1b)
        case .character(let collected): inCharacter(collected, byte, into: &keys)
        case .paste: inPaste(byte, into: &keys)
        }
    }

    private mutating func begin(_ byte: UInt8, into keys: inout [Key]) {
        switch byte {
        case 0x1b: state = .escape
        case 0x0d, 0x0a: keys.append(.enter)
        case 0x09: keys.append(.tab)
        case 0x7f, 0x08: keys.append(.backspace)
        case 0x01...0x1a: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
        case 0x20...0x7e: keys.append(.character(Character(Unicode.Scalar(byte))))
        case 0xc2...0xf4: state = .character([byte])
        default: break
        }
    }

    private mutating func afterEscape(_ byte: UInt8, into keys: inout [Key]) {
        switch byte {
        case UInt8(ascii: "["): state = .control([])
        case UInt8(ascii: "O"): state = .shift3
        case UInt8(ascii: "]"): state = .command([])
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            state = .skipped(afterEscape: false)
        default:
            // Esc and another key, typed fast or pressed with Alt.
            keys.append(.escape)
            state = .ground
            begin(byte, into: &keys)
        }
    }

    private mutating func inControl(_ collected: [UInt8], _ byte: UInt8, into keys: inout [Key]) {
        switch byte {
        case 0x20...0x3f where collected.count < 32: state = .control(collected + [byte])
        case UInt8(ascii: "[") where collected.isEmpty: state = .control([byte])  // Linux console, F1–F5
        case 0x40...0x7e:
            state = collected == Array("200".utf8) && byte == UInt8(ascii: "~") ? .paste : .ground
            if let key = KeyDecoder.key(parameters: collected, final: byte) { keys.append(key) }
        case 0x1b: state = .escape
        default: state = .ground
        }
    }

    private mutating func inCommand(_ collected: [UInt8], _ byte: UInt8, into keys: inout [Key]) {
        let isEnd = byte == 0x07 || (byte == UInt8(ascii: "\\") && collected.last == 0x1b)
        guard isEnd else {
            state = collected.count < 64 ? .command(collected + [byte]) : .skipped(afterEscape: byte == 0x1b)
            return
        }
        state = .ground
        if let key = KeyDecoder.background(collected) { keys.append(key) }
    }

    /// Terminals take the end mark out of what they paste. Where one never sends it, ^C gives the keyboard back.
    private mutating func inPaste(_ byte: UInt8, into keys: inout [Key]) {
        let end = KeyDecoder.pasteEnd
        pasted.append(byte)
        guard byte != 0x03, pasted.suffix(end.count) != end[...] else {
            state = .ground
            let text = String(decoding: pasted.dropLast(byte == 0x03 ? 1 : end.count), as: UTF8.self)
            pasted = []
            keys.append(.paste(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")))
            return
        }
        // The last bytes stay, for the end mark is among them.
        if pasted.count > KeyDecoder.pasteLimit { pasted.remove(at: KeyDecoder.pasteLimit - end.count) }
    }

    private static let pasteEnd = Array("\u{1b}[201~".utf8)

    private mutating func inCharacter(_ collected: [UInt8], _ byte: UInt8, into keys: inout [Key]) {
        guard byte & 0xc0 == 0x80 else {
            state = .ground
            begin(byte, into: &keys)
            return
        }
        let bytes = collected + [byte]
        let expected = bytes[0] < 0xe0 ? 2 : bytes[0] < 0xf0 ? 3 : 4
        guard bytes.count == expected else {
            state = .character(bytes)
            return
        }
        state = .ground
        if let text = String(validating: bytes, as: UTF8.self), let character = text.first {
            keys.append(.character(character))
        }
    }
}

extension KeyDecoder {
    private static func letterKey(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "M"): .enter
        case UInt8(ascii: "Z"): .backTab
        default: nil
        }
    }

    private static func key(parameters: [UInt8], final: UInt8) -> Key? {
        if parameters.first == UInt8(ascii: "<") { return mouse(parameters.dropFirst(), isPress: final == 0x4d) }
        guard final == UInt8(ascii: "~") else {
            return parameters.first == UInt8(ascii: "[") ? nil : wordKey(parameters, final) ?? letterKey(final)
        }
        return switch numbers(parameters[...]).first {
        case 1, 7: .home
        case 4, 8: .end
        case 3: .delete
        case 5: .pageUp
        case 6: .pageDown
        default: nil
        }
    }

    /// ESC [ 1 ; modifier C: 3 is Alt, 5 is Ctrl.
    private static func wordKey(_ parameters: [UInt8], _ final: UInt8) -> Key? {
        let parts = numbers(parameters[...])
        guard parts.count == 2, parts[1] == 3 || parts[1] == 5 else { return nil }
        return final == UInt8(ascii: "C") ? .wordRight : final == UInt8(ascii: "D") ? .wordLeft : nil
    }

    /// ESC [ < button ; column ; row M, both counted from 1.
    private static func mouse(_ parameters: ArraySlice<UInt8>, isPress: Bool) -> Key? {
        let parts = numbers(parameters)
        guard isPress, parts.count == 3, parts[1] > 0, parts[2] > 0 else { return nil }
        let (row, column) = (parts[2] - 1, parts[1] - 1)
        return switch parts[0] {
        case 0: .click(row: row, column: column)
        case 64: .wheelUp(row: row, column: column)
        case 65: .wheelDown(row: row, column: column)
        default: nil
        }
    }

    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    }

    /// 11;rgb:RRRR/GGGG/BBBB, one to four hexadecimal digits each.
    private static func background(_ bytes: [UInt8]) -> Key? {
        let text = String(decoding: bytes.filter { $0 != 0x1b }, as: UTF8.self)
        guard text.hasPrefix("11;rgb:") else { return nil }
        let parts = text.dropFirst(7).split(separator: "/").map { digits -> UInt8? in
            guard let value = UInt32(digits, radix: 16), (1...4).contains(digits.count) else { return nil }
            return UInt8(value * 255 / ((1 << (4 * UInt32(digits.count))) - 1))
        }
        guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2] else { return nil }
        return .background(red: red, green: green, blue: blue)
    }
}
