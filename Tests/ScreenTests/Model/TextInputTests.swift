import Testing

@testable import Screen

struct TextInputTests {
    private func typed(_ kind: TextInput.Kind, _ text: String, _ keys: [Key] = [], width: Int = 60) -> TextInput {
        var input = TextInput(kind)
        input.width = width
        for character in text { _ = input.type(character == "\n" ? .enter : .character(character)) }
        for key in keys { _ = input.type(key) }
        return input
    }

    @Test func enterTakesALineAndBreaksABlock() {
        var line = TextInput(.line)
        #expect(line.type(.enter) == .accepted)
        var block = TextInput(.block)
        #expect(block.type(.enter) == .editing)
        #expect(block.type(.control("d")) == .accepted)
        #expect(block.string == "\n")
        #expect(block.type(.escape) == .cancelled)
        #expect(block.string == "\n", "what was typed stays")
    }

    @Test func wordsAreJumpedOverAndDeleted() {
        #expect(typed(.line, "one two", [.wordLeft, .character("x")]).string == "one xtwo")
        #expect(typed(.line, "one two", [.home, .wordRight, .character("x")]).string == "onex two")
        #expect(typed(.line, "one two  ", [.control("w")]).string == "one ")
        #expect(typed(.block, "a\nbc", [.control("u")]).string == "a\n")
        #expect(typed(.block, "ab\nc", [.up, .home, .control("k")]).string == "\nc")
    }

    @Test func whatIsPastedIsText() {
        #expect(typed(.block, "", [.paste("GET / HTTP/1.1\nHost: a\n")]).string == "GET / HTTP/1.1\nHost: a\n")
        #expect(typed(.line, "", [.paste("81 85\n37\tfa")]).string == "81 85 37 fa")
        #expect(typed(.line, "", [.paste("a\u{1b}[2J\u{202e}b\u{7}")]).string == "a[2Jb")
    }

    @Test func aTextHasALimit() {
        let long = String(repeating: "x", count: TextInput.limit + 5)
        #expect(typed(.block, "", [.paste(long)]).string.count == TextInput.limit)
    }

    @Test func upAndDownGoByWhatOneSees() {
        // "one two " / "three 日" / "本 four"
        let text = "one two three 日本 four"
        let input = typed(.block, text, width: 8)
        let lines = input.lines(width: 8).map { String(input.text[$0]) }
        #expect(lines == ["one two ", "three ", "日本 ", "four"])
        #expect(typed(.block, text, [.up, .character("x")], width: 8).string == "one two three 日本x four")
        #expect(typed(.block, text, [.up, .up, .up, .character("x")], width: 8).string == "one xtwo three 日本 four")
        #expect(
            typed(.block, text, [.up, .up, .up, .down, .down, .down, .character("x")], width: 8).string == text + "x")
    }

    @Test func noLineIsWiderThanTheWidth() {
        let input = typed(.block, "aaaaaaaaaaaa bb 日本語日本語 c\n\nd")
        for width in 3...20 {
            let lines = input.lines(width: width)
            #expect(lines.map { String(input.text[$0]) }.joined() == input.string)
            for range in lines {
                let shown = String(input.text[range].filter { $0 != "\n" })
                #expect(shown.reversed().drop { $0 == " " }.reduce(0) { $0 + String($1).displayWidth } <= width)
            }
        }
    }

    private func drawn(_ input: TextInput, height: Int) -> Canvas {
        var (input, page) = (input, Page())
        page.append(&input, sign: "› ", width: 20, isActive: true)
        var canvas = Canvas(height: height, width: 20)
        page.draw(on: &canvas, in: canvas.bounds, scroll: page.scroll(0, height: height))
        return canvas
    }

    @Test func theCursorIsWhereOneTypes() {
        let canvas = drawn(typed(.block, "one\ntwo"), height: 3)
        #expect(canvas.description == " › one\n   two\n\n")
        #expect(canvas.cursor == .init(row: 1, column: 6))
    }

    @Test func ofALongTextThePartAroundTheCursorIsSeen() {
        #expect(drawn(typed(.block, "1\n2\n3\n4"), height: 2).description == "   3\n   4\n")
    }
}
