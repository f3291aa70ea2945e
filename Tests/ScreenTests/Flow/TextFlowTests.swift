import Testing

import Tutor

@testable import Screen

/// Text of lessons and questions, laid out.
struct TextFlowTests {
    private func text(_ blocks: [TextBlock], _ width: Int) -> [String] {
        TextFlow(width: width).lines(blocks).map(\.text)
    }

    private func table(_ rows: [[String]]) -> TextBlock {
        let lines = rows.map { "| " + $0.joined(separator: " | ") + " |" }
        let rule = "|" + rows[0].map { _ in "---|" }.joined()
        let blocks = Markdown.blocks(([lines[0], rule] + lines.dropFirst()).joined(separator: "\n"))
        return blocks.first?.block ?? .rule
    }

    @Test func aParagraphIsCutBetweenWords() {
        let lines = text([.paragraph([TextRun("Each payload byte is XORed with a key byte.")])], 20)
        #expect(lines == ["Each payload byte is", "XORed with a key", "byte."])
    }

    @Test func aWordKeepsItsPartsTogetherWhateverTheirStyle() {
        let lines = text(
            [.paragraph([TextRun("the header ("), TextRun("Upgrade", style: .code), TextRun(") says so")])], 14)
        #expect(lines == ["the header", "(Upgrade) says", "so"])
    }

    @Test func aLineIsNeverWiderThanItsColumns() {
        let words = "日本語の文章 wide and naïve e\u{301}e\u{301} Donaudampfschifffahrtsgesellschaftskapitän 😀😀😀😀😀😀"
        for width in 12...40 {
            let blocks: [TextBlock] = [
                .paragraph([TextRun(words), TextRun(words, style: .strong)]),
                .list(start: 9, items: [[.paragraph([TextRun(words)])]]),
                .quote([.paragraph([TextRun(words, style: .code)])]), .code(language: "", "let text = \"\(words)\""),
                table([["one", "two"], [words, words]]),
            ]
            for line in TextFlow(width: width).lines(blocks) { #expect(line.width <= width, "\(width): \(line.text)") }
        }
    }

    @Test func aListHangsBehindItsSigns() {
        let items: [[TextBlock]] = ["one", "two words"].map { [.paragraph([TextRun($0)])] }
        #expect(text([.list(start: nil, items: items)], 8) == ["• one", "• two", "  words"])
        #expect(text([.list(start: 9, items: items)], 20) == ["9.  one", "10. two words"])
    }

    @Test func aListInAListIsIndented() {
        let inner: TextBlock = .list(start: nil, items: [[.paragraph([TextRun("inner")])]])
        #expect(
            text([.list(start: nil, items: [[.paragraph([TextRun("outer")]), inner]])], 20) == ["• outer", "  • inner"])
    }

    @Test func codeIsKeptLineByLineAndGoesOnBelowWhereItIsTooLong() {
        #expect(text([.code(language: "", "a b\n  c\n")], 20) == ["  a b", "    c"])
        #expect(text([.code(language: "", "ws.send(message)")], 12) == ["  ws.send(me", "  ↪ ssage)"])
    }

    @Test func aTableHasColumnsAsWideAsTheyNeed() {
        let table = table([["HTTP", "WebSocket"], ["request", "message"]])
        #expect(text([table], 40) == ["HTTP     WebSocket", "──────────────────", "request  message"])
    }

    @Test func aTableWithLittleRoomWrapsItsCellsOrBecomesAList() {
        let table = table([["who", "what"], ["server", "sends whenever it likes to"], ["client", "too"]])
        #expect(
            text([table], 22) == [
                "who     what", "──────────────────────", "server  sends whenever", "        it likes to", "",
                "client  too",
            ])
        #expect(text([table], 12).first == "who: server")
    }

    @Test func blocksAreApart() {
        #expect(text([.heading(level: 3, [TextRun("A")]), .paragraph([TextRun("b")])], 20) == ["A", "", "b"])
    }
}
