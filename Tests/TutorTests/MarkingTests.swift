import Testing
import Tutor

@Suite struct MarkingTests {
    private func mark(_ body: QuizBody, _ answer: QuizAnswer) -> Marking {
        Marking.mark(answer, of: Pupil.item("a-b", body: body))
    }

    @Test func eachStatementCountsOnItsOwn() {
        let body = QuizBody.trueFalse([
            QuizChoice("one", isRight: true, why: ""), QuizChoice("two", isRight: false, why: "", misconception: "M07"),
            QuizChoice("three", isRight: true, why: ""),
            QuizChoice("four", isRight: false, why: "", misconception: "M09"),
        ])
        let marking = mark(body, .truths([true, true, true, false]))
        #expect(marking.score == 0.75)
        #expect(!marking.isRight)
        #expect(
            marking.beliefs == [
                AnswerRecord.Belief(misconception: "M07", isHeld: true),
                AnswerRecord.Belief(misconception: "M09", isHeld: false),
            ])
    }

    @Test(
        arguments: [
            ("65536", true), ("65,536", true), (" 65536 ", true), ("0x10000", true), ("65_536", true), ("65537", true),
            ("65538", false), ("65535.5", true), ("6,5536", false), ("", false),
        ])
    func numbers(text: String, isRight: Bool) {
        let number = QuizNumber(65_536, unit: "bytes", tolerance: 1, wrong: [])
        #expect(mark(.number(number), .text(text)).isRight == isRight)
    }

    @Test func aLikelyWrongAnswerIsExplained() {
        let wrong = QuizWrong("16", why: "That is the nonce.", misconception: "M03")
        let marking = mark(.number(QuizNumber(20, unit: "", wrong: [wrong])), .text("16.0"))
        #expect(marking.why == "That is the nonce.")
        #expect(marking.beliefs == [AnswerRecord.Belief(misconception: "M03", isHeld: true)])
    }

    @Test(arguments: ["48 65 6c", "48656C", "0x48, 0x65, 0x6c", "48:65:6c"])
    func bytesInAnyWriting(text: String) {
        #expect(mark(.hex(QuizHex([0x48, 0x65, 0x6c], wrong: [])), .text(text)).isRight)
    }

    @Test func orderAndPairs() {
        #expect(mark(.order(["a", "b", "c"]), .order([0, 1, 2])).isRight)
        #expect(mark(.order(["a", "b", "c"]), .order([1, 0, 2])).score == 1.0 / 3)
        let pairs = ["a", "b"].map { QuizPair(left: $0, right: $0 + $0, why: "") }
        #expect(mark(.match(pairs), .pairs([0, 1])).isRight)
        #expect(mark(.match(pairs), .pairs([1, 0])).score == 0)
    }

    @Test func severalOptionsAreRightOnlyTogether() {
        let body = QuizBody.multiple([
            QuizChoice("a", isRight: true, why: ""), QuizChoice("b", isRight: true, why: ""),
            QuizChoice("c", isRight: false, why: ""),
        ])
        #expect(mark(body, .choices([0, 1])).isRight)
        #expect(!mark(body, .choices([0])).isRight)
        #expect(!mark(body, .choices([0, 1, 2])).isRight)
    }
}
