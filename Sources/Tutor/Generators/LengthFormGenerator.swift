import Wire

/// A payload's length; in which form is it written?
enum LengthFormGenerator: QuizGenerator {
    static let id = "drill-length-form"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        let length = length(&random)
        let header = FrameHeader(fin: true, opcode: .binary, payloadLength: length, maskingKey: nil)
        let forms: [(LengthForm, String)] = [
            (.bits7, "in the 7 bits of the second byte"), (.bits16, "126, then 2 bytes"),
            (.bits64, "127, then 8 bytes"),
        ]
        let choices = forms.map { form, text in
            QuizChoice(
                text, isRight: form == header.lengthForm, why: why(form, header.lengthForm, length),
                misconception: form == header.lengthForm ? nil : "M20")
        }
        return QuizItem(
            id: id, question: "A frame's payload has \(length) bytes. How is its length written?",
            body: .single(choices),
            explanation: """
                0 to 125 fit into seven bits, 126 to 65,535 into two further bytes, anything longer into eight. The shortest \
                form that fits is mandatory.
                """,
            references: ["RFC 6455 §5.2"], lesson: 3, interview: [2], concepts: ["length"], level: .junior, seed: seed)
    }

    /// Near the borders more often than not.
    static func length(_ random: inout SeededRandom) -> Int {
        let borders = [0, 1, 124, 125, 126, 127, 128, 255, 256, 65_534, 65_535, 65_536, 65_537]
        switch Int.random(in: 0..<6, using: &random) {
        case 0...2: return Drill.pick(borders, &random)
        case 3: return Int.random(in: 0...125, using: &random)
        case 4: return Int.random(in: 126...65_535, using: &random)
        default: return Int.random(in: 65_536...5_000_000, using: &random)
        }
    }

    private static func why(_ form: LengthForm, _ right: LengthForm, _ length: Int) -> String {
        if form == right { return "Right: it is the shortest form that holds \(length)." }
        switch form {
        case .bits7:
            return
                "It looks as if seven bits hold up to 127. But 126 and 127 announce the longer forms; 125 is the most."
        case .bits16:
            return length > 65_535
                ? "Two bytes are enough for most frames. They end at 65,535."
                : "The form would hold it, so it seems allowed. A longer form than needed is forbidden."
        case .bits64: return "It holds any length, so it seems always safe. A longer form than needed is forbidden."
        }
    }
}
