import Connection
import Testing
import Tutor
import Wire

/// How the answers of one generator are proved, from nothing but what the learner sees.
struct GeneratorProof: Sendable, CustomTestStringConvertible {
    let generator: any QuizGenerator.Type
    /// What is wrong with an item; empty where all is proved.
    let faults: @Sendable (QuizItem) -> [String]

    var id: String { generator.id }
    var testDescription: String { id }

    static func of(_ id: String, _ faults: @escaping @Sendable (QuizItem) -> [String]) -> GeneratorProof {
        GeneratorProof(generator: AllGenerators.generator(id)!, faults: faults)
    }

    static let all: [GeneratorProof] = [
        of("drill-unmask") { item in
            guard let seen = Seen.frames(item.bytes).first, seen.header.isMasked else { return ["no masked frame"] }
            return Seen.expect(item, hex: seen.payload)
        },
        of("drill-mask") { item in
            let lines = Seen.lines(item.context)
            guard lines.count == 2, lines[1].count == 4 else { return ["no payload and key"] }
            let key = lines[1]
            return Seen.expect(item, hex: lines[0].enumerated().map { $1 ^ key[$0 % 4] })
        },
        of("drill-length-form") { item in
            let length = Seen.number(in: item.question, before: " bytes")
            let forms = [LengthForm.bits7, .bits16, .bits64]
            return zip(item.body.choices, forms).compactMap { choice, form in
                choice.isRight == Seen.writes(length, in: form) ? nil : "\(choice.text) for \(length)"
            }
        },
        of("drill-length-bytes") { item in
            guard case .hex(let hex) = item.body, let header = FrameHeader.read(hex.answer.span, at: 0) else {
                return ["no header"]
            }
            let length = Seen.number(in: item.question, before: " bytes of payload")
            let isRight =
                header.payloadLength == UInt64(length) && header.hasMinimalLength && !header.isMasked && header.fin
                && header.opcode == .binary && header.size == hex.answer.count
            let wrong = hex.wrong.filter { wrong in
                guard let bytes = try? HexBytes.parse(wrong.answer), let other = FrameHeader.read(bytes.span, at: 0)
                else { return false }
                return other.payloadLength == UInt64(length) && other.hasMinimalLength && !other.isMasked
                    && other.size == bytes.count
            }
            return (isRight ? [] : ["\(hex.answer)"]) + wrong.map { "right: \($0.answer)" }
        },
        of("drill-header-size") { item in
            let length = Seen.number(in: item.question, before: " bytes")
            let key: MaskingKey? = item.question.hasPrefix("A client") ? MaskingKey(1, 2, 3, 4) : nil
            let header = FrameHeader(fin: true, opcode: .binary, payloadLength: length, maskingKey: key)
            return Seen.expect(item, number: header.bytes.count)
        },
        of("drill-accept") { item in
            let key = item.context?.split(separator: "\n").first?.split(separator: " ").last.map(String.init) ?? ""
            return item.body.choices.compactMap { choice in
                choice.isRight == (choice.text == AcceptKey.accept(for: key)) ? nil : choice.text
            }
        },
        of("drill-decode") { item in
            guard let header = Seen.frames(item.bytes).first?.header else { return ["no frame"] }
            return item.body.choices.compactMap { choice in
                choice.isRight == Seen.holds(choice.text, of: header) ? nil : choice.text
            }
        },
        of("drill-close-code") { item in
            item.body.choices.compactMap { choice in
                let code = UInt16(choice.text) ?? 0
                // The judge of frames decides, not the table that the generator asks.
                let isAllowed = Seen.violations(Seen.close(code), from: .server).isEmpty
                return choice.isRight == isAllowed ? nil : choice.text
            }
        },
        of("drill-close-body") { item in
            guard let seen = Seen.frames(item.bytes).first, seen.header.opcode == .close else { return ["no Close"] }
            let code = ClosePayload(seen.payload.span).closeCode
            return Seen.expect(item, number: Int(code.rawValue))
        },
        of("drill-next") { item in
            let next = Seen.answer(ofServerTo: Seen.bytes(item.bytes))
            return item.body.choices.compactMap { choice in
                choice.isRight == (choice.text == next) ? nil : "\(choice.text), but \(next)"
            }
        },
        of("drill-deflate") { item in
            let message = Seen.bytes(item.context?.split(separator: ":").last.map(String.init))
            return item.body.choices.compactMap { choice in
                choice.isRight == Seen.inflates(choice.text, to: message) ? nil : choice.text
            }
        },
        of("drill-violation") { item in
            let broken = Seen.violations(in: item.context).map(\.rule.explanation)
            let right = item.body.choices.filter(\.isRight).map(\.text)
            let wrong = item.body.choices.filter { !$0.isRight && broken.contains($0.text) }.map(\.text)
            return (broken == right ? [] : ["\(broken), not \(right)"]) + wrong
        },
        of("drill-count") { item in Seen.expect(item, number: Seen.frames(item.bytes).count) },
        of("drill-fragments") { item in
            let frames = Seen.lines(item.context).flatMap { Seen.frames($0) }
            let messages = frames.count { !$0.header.isControl && $0.header.fin }
            let broken = Seen.violations(in: item.context)
            return Seen.expect(item, number: messages) + broken.map { "\($0)" }
        },
        of("drill-utf8") { item in
            item.body.choices.compactMap { choice in
                var validator = UTF8Validator()
                var isValid = true
                for part in choice.text.split(separator: "|") where !part.contains("(empty)") {
                    let bytes = Seen.bytes(String(part))
                    if !bytes.withUnsafeBytes({ validator.validate($0) }) { isValid = false }
                }
                return choice.isRight == (isValid && validator.isComplete) ? nil : choice.text
            }
        },
    ]
}
