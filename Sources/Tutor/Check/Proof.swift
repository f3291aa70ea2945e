import Foundation
import Wire

/// A line that proves something, recomputed by our codec or looked up in RFC 6455.
enum Proof {
    enum Result: Hashable {
        /// What the line gives, as text.
        case given(name: String, String)
        case quote(String)
        case fault(String)
    }

    /// - Parameter rfc: nil leaves quotations unchecked.
    static func check(_ line: String, rfc: RFCText?) -> Result {
        let (name, rest) = halves(line, " ")
        if name == "quote" { return quote(rest, rfc) }
        let (question, stated) = halves(rest, " = ")
        guard let given = evaluate(name, question.trimmed) else { return .fault("\(line): this cannot be computed") }
        let isEqual =
            name == "math"
            ? abs((Double(given) ?? .nan) - (Double(stated) ?? .nan)) <= 0.0006 : bare(given) == bare(stated)
        return isEqual ? .given(name: name, given) : .fault("\(line): gives \(given)")
    }

    private static func halves(_ text: String, _ separator: String) -> (String, String) {
        guard let range = text.firstRange(of: separator) else { return (text, "") }
        return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }

    private static func bare(_ text: String) -> String { text.filter { $0 != " " } }

    private static func quote(_ rest: String, _ rfc: RFCText?) -> Result {
        let (section, words) = halves(rest, ":")
        guard RFCText.numbers.contains(section) else { return .fault("quotes §\(section), which is not in RFC 6455") }
        guard let rfc else { return .quote(words) }
        return rfc.says(words, section: section) == true
            ? .quote(words) : .fault("§\(section) does not say: \(words.trimmed)")
    }

    private static func evaluate(_ name: String, _ rest: String) -> String? {
        let words = rest.split(separator: " ").map(String.init)
        switch name {
        case "accept": return AcceptKey.accept(for: rest)
        case "base64": return octets(rest).map(Base64.encode)
        case "mask": return mask(words)
        case "utf8": return rest.count >= 2 ? HexText.write(Array(rest.dropFirst().dropLast().utf8)) : nil
        case "valid-utf8": return octets(rest).map { UTF8Validator.isValid($0.span) ? "yes" : "no" }
        case "header": return header(words).map { HexText.write($0) }
        case "header-size": return size(words)
        case "frame": return frame(words).map { HexText.write($0) }
        case "decode": return octets(rest).map { ProvedFrame.read($0).map(\.text).joined(separator: "; ") }
        case "count": return octets(rest).map { "\(ProvedFrame.read($0).count { $0.payload != nil })" }
        case "length": return octets(rest).map { "\($0.count)" }
        case "inflate": return inflate(rest)
        case "math": return Arithmetic.evaluate(rest).map { "\($0)" }
        default: return nil
        }
    }

    private static func octets(_ text: some StringProtocol) -> [UInt8]? {
        text.allSatisfy(\.isWhitespace) ? [] : HexText.parse(String(text))
    }

    private static func key(_ text: String) -> MaskingKey? {
        guard let bytes = octets(text), bytes.count == 4 else { return nil }
        return MaskingKey(bytes[0], bytes[1], bytes[2], bytes[3])
    }

    private static func mask(_ words: [String]) -> String? {
        guard let first = words.first, let key = key(first), let payload = octets(words.dropFirst().joined()) else {
            return nil
        }
        return HexText.write(Drill.masked(payload, key))
    }

    /// Without the masking key.
    private static func header(_ words: [String]) -> [UInt8]? {
        guard words.count == 5, let fin = UInt8(words[0]), let rsv = UInt8(words[1]),
            let opcode = UInt8(words[2], radix: 16), let masked = UInt8(words[3]), let length = UInt64(words[4]),
            fin < 2, rsv < 8, opcode < 16, masked < 2
        else { return nil }
        let short: UInt8 = length <= 125 ? UInt8(length) : length <= 0xffff ? 126 : 127
        let header = FrameHeader(
            byte0: fin << 7 | rsv << 4 | opcode, byte1: masked << 7 | short, payloadLength: length,
            maskingKey: masked == 1 ? MaskingKey(0, 0, 0, 0) : nil)
        return Array(header.bytes.dropLast(masked == 1 ? 4 : 0))
    }

    private static func size(_ words: [String]) -> String? {
        guard words.count == 2, words[1] == "0" || words[1] == "1" else { return nil }
        return header(["1", "0", "2", words[1], words[0]]).map { "\($0.count + (words[1] == "1" ? 4 : 0))" }
    }

    private static func frame(_ words: [String]) -> [UInt8]? {
        guard words.count >= 4, let payload = octets(words.dropFirst(4).joined()) else { return nil }
        let key = words[3] == "-" ? nil : key(words[3])
        guard key != nil || words[3] == "-",
            let header = header([words[0], words[1], words[2], key == nil ? "0" : "1", "\(payload.count)"])
        else { return nil }
        return header + (key.map { $0.bytes + Drill.masked(payload, $0) } ?? payload)
    }

    /// Compressed payloads of one stream; the last one's content.
    private static func inflate(_ rest: String) -> String? {
        let inflater = Inflater(windowBits: 15, noContextTakeover: false)
        var content: [UInt8] = []
        for part in rest.split(separator: "|") {
            guard let payload = octets(part.filter { $0 != " " }) else { return nil }
            content = []
            guard inflater.inflate(payload.span, isLast: true, into: &content, limit: 1 << 20) == .ok else {
                return nil
            }
        }
        return HexText.write(content)
    }
}

/// A frame as a proof line writes it.
struct ProvedFrame {
    let header: FrameHeader
    /// Unmasked; nil where it is cut.
    let payload: [UInt8]?

    var text: String {
        let rsv = header.byte0 >> 4 & 7
        let line =
            "fin=\(header.fin ? 1 : 0) rsv=\(rsv) op=\(String(header.opcode.bits, radix: 16)) "
            + "masked=\(header.isMasked ? 1 : 0) len=\(header.payloadLength)"
        return payload.map { "\(line) payload=\(HexText.write($0).filter { $0 != " " })" } ?? line
    }

    /// The frames in these bytes; the last one may be cut.
    static func read(_ bytes: [UInt8]) -> [ProvedFrame] {
        var decoder = FrameDecoder()
        var (frames, payload, offset): ([ProvedFrame], [UInt8], Int) = ([], [], 0)
        while let step = decoder.next(bytes.span, at: &offset) {
            switch step {
            case .header: payload = []
            case .payload(let range): payload += bytes[range]
            case .end:
                let unmasked = decoder.header.maskingKey.map { Drill.masked(payload, $0) } ?? payload
                frames.append(ProvedFrame(header: decoder.header, payload: unmasked))
            }
        }
        if !decoder.isAtBoundary, decoder.pendingHeader.isEmpty {
            frames.append(ProvedFrame(header: decoder.header, payload: nil))
        }
        return frames
    }
}
