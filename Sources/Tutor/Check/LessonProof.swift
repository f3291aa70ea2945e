import Wire

/// A statement about figures and bytes, proved by the codec: `header-size 126 masked = 8`.
package enum LessonProof {
    /// Why it does not hold, or cannot be read; nil where it holds.
    package static func fault(_ text: String) -> String? {
        let sides = text.split(separator: " = ", maxSplits: 1).map { String($0).trimmed }
        guard sides.count == 2, let name = sides[0].split(separator: " ").first.map(String.init) else {
            return "a proof is written KIND … = RESULT"
        }
        let left = String(sides[0].dropFirst(name.count)).trimmed
        do {
            let result = try value(name, left)
            return isSame(result, sides[1], name) ? nil : "it is not \(sides[1]): the codec finds \(result)"
        } catch {
            return error.why
        }
    }

    private struct Unreadable: Error {
        let why: String
        init(_ why: String) { self.why = why }
    }

    private static func value(_ name: String, _ left: String) throws(Unreadable) -> String {
        let words = left.split(separator: " ").map(String.init)
        switch name {
        case "accept": return AcceptKey.accept(for: left)
        case "base64": return Base64.encode(try hex(left))
        case "utf8": return hexText(Array(try quoted(left).utf8))
        case "valid-utf8":
            let bytes = try hex(left)
            return UTF8Validator.isValid(bytes.span) ? "yes" : "no"
        case "length": return String(try hex(left).count)
        case "mask":
            let bytes = try hex(left)
            guard bytes.count > 4 else { throw Unreadable("mask takes a key of four bytes and what it masks") }
            return hexText(masked(Array(bytes.dropFirst(4)), bytes))
        case "header-size":
            guard let length = words.first.flatMap({ Int($0) }) else {
                throw Unreadable("header-size takes a length, and masked or unmasked")
            }
            let isMasked = words.count > 1 && ["masked", "1", "yes"].contains(words[1])
            let key = isMasked ? MaskingKey(word: 0) : nil
            return String(FrameHeader(opcode: .text, payloadLength: length, maskingKey: key).size)
        case "frame":
            do {
                return hexText(try FrameSpec.parseAll(left).flatMap { $0.bytes(key: nil) })
            } catch {
                throw Unreadable(error.description)
            }
        case "count": return String(try frameCount(hex(left)))
        case "inflate": return hexText(try inflated(left))
        case "math":
            guard let result = LessonArithmetic.value(left) else {
                throw Unreadable("math takes + - * / ** and brackets")
            }
            return String(result)
        default:
            throw Unreadable(
                "\"\(SafeText.escape(name))\" proves nothing; there are accept, base64, utf8, valid-utf8, length, mask, "
                    + "header-size, frame, count, inflate, math")
        }
    }

    private static func isSame(_ result: String, _ stated: String, _ name: String) -> Bool {
        if result == stated { return true }
        switch name {
        case "utf8", "mask", "frame", "inflate":
            return (try? HexBytes.parse(stated)).map(hexText) == result
        case "math", "length", "header-size", "count":
            guard let one = Double(result), let other = Figure.parse(stated) else { return false }
            return abs(one - other) < 0.0005 * max(1, abs(other))
        default: return false
        }
    }

    // MARK: Bytes

    private static func hex(_ text: String) throws(Unreadable) -> [UInt8] {
        do {
            return try HexBytes.parse(text)
        } catch {
            throw Unreadable("\(error)")
        }
    }

    private static func quoted(_ text: String) throws(Unreadable) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
            throw Unreadable("the text stands between two \"")
        }
        return String(text.dropFirst().dropLast())
    }

    private static func masked(_ bytes: [UInt8], _ key: [UInt8]) -> [UInt8] {
        var copy = bytes
        copy.withUnsafeMutableBytes { Masking.apply(MaskingKey(key[0], key[1], key[2], key[3]), to: $0) }
        return copy
    }

    private static func hexText(_ bytes: [UInt8]) -> String { bytes.map(PayloadWords.hex).joined(separator: " ") }

    private static func frameCount(_ bytes: [UInt8]) -> Int {
        var decoder = FrameDecoder()
        var offset = 0
        var count = 0
        while let step = decoder.next(bytes.span, at: &offset) {
            if step == .end { count += 1 }
        }
        return count
    }

    /// The content of the last of several compressed payloads of one stream.
    private static func inflated(_ text: String) throws(Unreadable) -> [UInt8] {
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        var content: [UInt8] = []
        for part in text.split(separator: "|") {
            content = []
            let bytes = try hex(String(part).trimmed)
            guard inflater.inflate(bytes.span, isLast: true, into: &content, limit: 1 << 20) == .ok else {
                throw Unreadable("the payload cannot be inflated")
            }
        }
        return content
    }
}
