import Connection
import Tutor
import Wire

/// What can be read from the text of an item, with the decoder, the judge and the endpoint.
enum Seen {
    struct Frame {
        let header: FrameHeader
        /// Unmasked.
        let payload: [UInt8]
    }

    static func bytes(_ text: String?) -> [UInt8] { text.flatMap { try? HexBytes.parse($0) } ?? [] }

    static func frames(_ text: String?) -> [Frame] { frames(bytes(text)) }

    /// The complete frames.
    static func frames(_ bytes: [UInt8]) -> [Frame] {
        var decoder = FrameDecoder()
        var (frames, payload, offset): ([Frame], [UInt8], Int) = ([], [], 0)
        while let step = decoder.next(bytes.span, at: &offset) {
            switch step {
            case .header: payload = []
            case .payload(let range): payload += bytes[range]
            case .end:
                let key = decoder.header.maskingKey
                frames.append(
                    Frame(
                        header: decoder.header,
                        payload: payload.enumerated().map { index, byte in key.map { byte ^ $0[index] } ?? byte }))
            }
        }
        return frames
    }

    /// The bytes of each line, behind its words.
    static func lines(_ text: String?) -> [[UInt8]] { sent(text).map(\.bytes) }

    /// Which side sent what, line by line.
    static func sent(_ text: String?) -> [(side: Side, bytes: [UInt8])] {
        (text ?? "").split(separator: "\n").map { line in
            let side: Side = line.hasPrefix("client") ? .client : .server
            let hex = line.split(separator: " ").drop { $0.count != 2 || UInt8($0, radix: 16) == nil }
            return (side, bytes(hex.joined(separator: " ")))
        }
    }

    static func number(in text: String, before word: String) -> Int {
        guard let end = text.firstRange(of: word)?.lowerBound else { return -1 }
        return Int(text[..<end].split(separator: " ").last ?? "") ?? -1
    }

    static func expect(_ item: QuizItem, hex expected: [UInt8]) -> [String] {
        guard case .hex(let hex) = item.body, hex.answer == expected else { return ["not \(expected)"] }
        return []
    }

    static func expect(_ item: QuizItem, number expected: Int) -> [String] {
        guard case .number(let number) = item.body, number.answer == Double(expected) else {
            return ["not \(expected)"]
        }
        return []
    }
}

/// Judgement.
extension Seen {
    /// Whether a header in this form, with this length, is one that the decoder reads and calls minimal.
    static func writes(_ length: Int, in form: LengthForm) -> Bool {
        let (low, high) = (UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8))
        let bytes: [UInt8] =
            switch form {
            case .bits7: [0x82, UInt8(length & 0x7f)]
            case .bits16: [0x82, 126, high, low]
            case .bits64: [0x82, 127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
            }
        guard let header = FrameHeader.read(bytes.span, at: 0) else { return false }
        return header.payloadLength == UInt64(length) && header.hasMinimalLength && header.lengthForm == form
    }

    /// Whether a statement about a frame holds.
    static func holds(_ text: String, of header: FrameHeader) -> Bool {
        switch text {
        case "It is masked, so a client sent it.": header.isMasked
        case "It is not masked, so a server sent it.": !header.isMasked
        case "It is the last frame of its message.": header.fin
        case "Another frame of its message follows.": !header.fin
        case let length where length.hasPrefix("Its payload"):
            UInt64(number(in: length, before: " bytes")) == header.payloadLength
        default: text == "It is a \(header.opcode) frame."
        }
    }

    static func close(_ code: UInt16) -> [UInt8] { [0x88, 2, UInt8(code >> 8), UInt8(truncatingIfNeeded: code)] }

    static func violations(_ bytes: [UInt8], from side: Side) -> [Violation] {
        var judge = FrameJudge(sender: side)
        return frames(bytes).flatMap { judge.judge($0) }
    }

    static func violations(in text: String?) -> [Violation] {
        var judges = [Side.client: FrameJudge(sender: .client), .server: FrameJudge(sender: .server)]
        return sent(text).flatMap { side, bytes in frames(bytes).flatMap { judges[side]?.judge($0) ?? [] } }
    }

    /// Whether it is one compressed text frame that keeps to the rules and inflates to the message.
    static func inflates(_ text: String, to message: [UInt8]) -> Bool {
        let frames = frames(text)
        guard frames.count == 1, frames[0].header.rsv1, frames[0].header.opcode == .text else { return false }
        // The four bytes that the sender must remove would inflate as well.
        guard !frames[0].payload.suffix(4).elementsEqual([0x00, 0x00, 0xff, 0xff]) else { return false }
        var output: [UInt8] = []
        let inflater = Inflater(windowBits: 15, noContextTakeover: true)
        let payload = frames[0].payload
        let result = inflater.inflate(payload.span, isLast: true, into: &output, limit: 1 << 16)
        return result == .ok && output == message
    }

    /// What our own server's endpoint sends next.
    static func answer(ofServerTo bytes: [UInt8]) -> String {
        let now = Timestamp(nanoseconds: 1_767_614_400_000_000_000)
        var endpoint = Endpoint(limits: .default, timing: .default, now: now)
        guard
            let request = try? OpeningHandshake.request(
                target: "/", host: "127.0.0.1", key: "dGhlIHNhbXBsZSBub25jZQ==")
        else { return "no request" }
        feed(request, &endpoint, now)
        endpoint.accept(now: now)
        var greeting: [UInt8] = []
        endpoint.takeOutput(into: &greeting)
        feed(bytes, &endpoint, now)
        var output: [UInt8] = []
        endpoint.takeOutput(into: &output)
        let answer = frames(output)
        guard let first = answer.first else { return "nothing, it waits for more" }
        switch first.header.opcode {
        case .pong:
            return first.payload.isEmpty
                ? "a Pong without a payload" : "a Pong with “\(String(decoding: first.payload, as: UTF8.self))”"
        case .close:
            let code = ClosePayload(first.payload.span).closeCode
            return first.payload.isEmpty ? "a Close without a code" : "a Close with \(code)"
        default: return "\(first.header.opcode)"
        }
    }
}

private func feed(_ bytes: [UInt8], _ endpoint: inout Endpoint, _ now: Timestamp) {
    var bytes = bytes
    bytes.withUnsafeMutableBytes { bytes in
        var cursor = 0
        while endpoint.next(in: bytes, at: &cursor, now: now) != nil {}
    }
}

extension FrameJudge {
    fileprivate mutating func judge(_ frame: Seen.Frame) -> [Violation] {
        var violations = begin(frame.header)
        if frame.header.opcode == .close {
            violations += closeBody(frame.payload.span)
        } else if !frame.header.isControl {
            violations += applicationData(frame.payload.span, at: 0).map { [$0] } ?? []
        }
        return violations + (end().map { [$0] } ?? [])
    }
}
