import Testing

@testable import Screen

struct CanvasTests {
    private func drawn(_ text: String, width: Int) -> String {
        var canvas = Canvas(height: 1, width: width)
        canvas.draw(StyledText(text), row: 0, in: canvas.bounds)
        return canvas.description
    }

    @Test func textBeyondTheEdgeEndsInAnEllipsis() {
        #expect(drawn("shutting down", width: 8) == "shuttin…\n")
        #expect(drawn("shutting", width: 8) == "shutting\n")
    }

    @Test func aWideCharacterTakesTwoCellsAndIsNeverHalved() {
        #expect(drawn("日本語", width: 6) == "日本語\n")
        #expect(drawn("日本語", width: 5) == "日本…\n")
        #expect(drawn("日本語", width: 4) == "日 …\n")
    }

    @Test func aCombiningMarkSharesTheCellOfItsBase() {
        #expect(drawn("e\u{301}x", width: 2) == "e\u{301}x\n")
        #expect("e\u{301}x".displayWidth == 2)
    }

    @Test(arguments: ["\u{1b}", "\u{7}", "\u{7f}", "\u{9b}", "\u{85}", "\u{202e}", "\u{2066}", "\u{200f}", "\u{feff}"])
    func aControlNeverReachesTheTerminal(_ control: String) {
        #expect(drawn("a" + control + "b", width: 3) == "a\u{fffd}b\n")
    }

    @Test func drawingOutsideTheCanvasDrawsNothing() {
        var canvas = Canvas(height: 1, width: 4)
        canvas.draw("text", row: 3, in: Rect(row: 0, column: 0, height: 9, width: 9))
        canvas.draw("text", row: 0, in: Rect(row: -2, column: 0, height: 9, width: 9))
        canvas.draw("text", row: 0, in: Rect(row: 0, column: 3, height: 1, width: 9))
        #expect(canvas.description == "   …\n")
    }

    @Test func clippingCountsColumns() {
        #expect("日本語".clipped(to: 5) == "日本…")
        #expect("abc".padded(to: 5) == "abc  ")
        #expect("abc".leftPadded(to: 5) == "  abc")
        #expect("abcdef".clipped(to: 0).isEmpty)
    }
}
