import Testing

@testable import Screen

/// How answers of each kind are given by keyboard.
struct AnswerFormTests {
    private func form(_ shape: AnswerForm.Shape, _ keys: [Key]) -> AnswerForm {
        var form = AnswerForm(shape)
        for key in keys { _ = form.handle(key) }
        return form
    }

    private func letters(_ text: String) -> [Key] { text.map { .character($0) } }

    @Test func statementsAreTrueOrFalseOneByOne() {
        let form = form(.statements(["a", "b", "c"]), letters("tft"))
        #expect(form.truths == [true, false, true])
        #expect(form.isComplete)
        #expect(!self.form(.statements(["a", "b"]), letters("t")).isComplete)
        #expect(self.form(.statements(["a", "b"]), letters("t") + [.up, .character(" ")]).truths == [false, nil])
    }

    @Test func ofOptionsOneIsPickedByLetterOrAtTheCursor() {
        #expect(form(.single(["x", "y", "z"]), letters("b")).picks == [1])
        #expect(form(.single(["x", "y", "z"]), [.down, .down, .character(" ")]).picks == [2])
        #expect(form(.single(["x", "y"]), letters("ab")).picks == [1])
        #expect(form(.single(["x", "y"]), letters("c")).picks.isEmpty)
    }

    @Test func enterPicksBeforeItSubmits() {
        var form = AnswerForm(.single(["x", "y"]))
        #expect(form.handle(.down) == .used)
        #expect(form.handle(.enter) == .used)
        #expect(form.picks == [1])
        #expect(form.handle(.enter) == .submit)
    }

    @Test func ofSeveralEachIsPickedOrNot() {
        #expect(form(.multiple(["x", "y", "z"]), letters("aca")).picks == [2])
    }

    @Test func aStepIsCarriedToItsPlace() {
        let steps = AnswerForm.Shape.order(["TLS", "TCP", "GET"])
        #expect(form(steps, [.down, .character(" "), .up, .character(" ")]).order == [1, 0, 2])
        #expect(form(steps, letters("J")).order == [1, 0, 2])
        #expect(!form(steps, [.down]).isComplete, "the order as it came is no answer")
        #expect(form(steps, letters("J")).isComplete)
    }

    @Test func eachLeftSideGetsALetter() {
        let match = AnswerForm.Shape.match(left: ["1000", "1001"], right: ["normal", "going away"])
        #expect(form(match, letters("ba")).pairs == [1, 0])
        #expect(form(match, letters("b") + [.up, .right]).pairs == [0, nil])
        #expect(form(match, letters("ba") + [.backspace]).pairs == [1, nil])
    }

    @Test func whatIsTypedIsText() {
        let form = form(.line(unit: "bytes"), letters("14"))
        #expect(form.inputs[0].string == "14" && form.isTyping)
        var left = form
        #expect(left.handle(.escape) == .used)
        #expect(!left.isTyping && left.inputs[0].string == "14")
    }

    @Test func enterGoesFromGapToGap() {
        var form = form(.blanks(["HTTP/1.1 ", " Switching … Accept: ", ""]), letters("101"))
        #expect(form.handle(.enter) == .used)
        for key in letters("abc") { _ = form.handle(key) }
        #expect(form.inputs.map(\.string) == ["101", "abc"])
        #expect(form.handle(.enter) == .submit)
    }

    @Test func aFormOfAnyShapeIsDrawnInAnyWidth() {
        let long = "Sec-WebSocket-Accept proves that the server read this very opening handshake"
        let shapes: [AnswerForm.Shape] = [
            .statements([long, long]), .single([long]), .multiple([long]), .order([long, long]),
            .match(left: [long], right: [long]), .line(unit: "bytes"), .blanks([long, long, long]), .text,
        ]
        for shape in shapes {
            for width in [24, 40, 80] {
                var form = AnswerForm(shape)
                var page = Page()
                form.append(to: &page, width: width, isActive: true)
                #expect(page.lines.allSatisfy { $0.text.width <= width }, "\(shape) \(width)")
            }
        }
    }
}
