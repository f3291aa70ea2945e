import Wire

/// What generators share.
enum Drill {
    /// A seed of its own for each name; never above what a JSON reader keeps exactly.
    static func seed(_ seed: UInt64, _ name: String) -> UInt64 {
        var random = SeededRandom(seed, for: name)
        return random.next() >> 11
    }

    static let words = [
        "Hello", "ping!", "blue", "move", "join", "42", "tick", "ok", "chat", "left", "bye", "word", "seat", "bid",
        "up",
        "note", "echo", "mute", "draw", "go",
    ]

    static func word(_ random: inout SeededRandom) -> String { pick(words, &random) }

    static func pick<Value>(_ values: [Value], _ random: inout SeededRandom) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    /// Four bytes that all differ and are never 0, so that each masked byte shows.
    static func key(_ random: inout SeededRandom) -> MaskingKey {
        var bytes: [UInt8] = []
        while bytes.count < 4 {
            let byte = UInt8.random(in: 1...255, using: &random)
            if !bytes.contains(byte) { bytes.append(byte) }
        }
        return MaskingKey(bytes[0], bytes[1], bytes[2], bytes[3])
    }

    static func masked(_ payload: [UInt8], _ key: MaskingKey) -> [UInt8] {
        var payload = payload
        payload.withUnsafeMutableBytes { Masking.apply(key, to: $0) }
        return payload
    }

    /// A whole frame; masked where there is a key.
    static func frame(
        _ opcode: Opcode, _ payload: [UInt8], fin: Bool = true, rsv1: Bool = false, key: MaskingKey? = nil
    ) -> [UInt8] {
        let header = FrameHeader(fin: fin, rsv1: rsv1, opcode: opcode, payloadLength: payload.count, maskingKey: key)
        return header.bytes + (key.map { masked(payload, $0) } ?? payload)
    }

    static func hex(_ bytes: [UInt8]) -> String { HexText.write(bytes) }

    /// Bytes a line each, with a word before.
    static func lines(_ lines: [(String, [UInt8])]) -> String {
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + hex($0.1) }
            .joined(separator: "\n")
    }

    /// Options in which no text appears twice: of equal ones the first stays.
    static func distinct(_ choices: [QuizChoice]) -> [QuizChoice] {
        var seen: Set<String> = []
        return choices.filter { seen.insert($0.text).inserted }
    }

    /// Wrong answers that are none of the right one and appear once.
    static func distinct(_ wrong: [QuizWrong], right: String) -> [QuizWrong] {
        var seen: Set = [right]
        return wrong.filter { seen.insert($0.answer).inserted }
    }
}
