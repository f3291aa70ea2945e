import Testing

@testable import Screen

struct ChartTests {
    @Test func aBarIsAsLongAsItsShare() {
        #expect(Bar.text(0, width: 4).text == "────")
        #expect(Bar.text(0.5, width: 4).text == "━━──")
        #expect(Bar.text(0.4, width: 4).text == "━╸──")
        #expect(Bar.text(7, width: 4).text == "━━━━")
        #expect(Bar.percent(0.425) == " 43 %")
        #expect(Bar.percent(1) == "100 %")
    }

    @Test func aHeatMapIsDarkerWhereThereIsMore() {
        #expect(HeatMap.line([nil, 0, 0.3, 0.6, 1]).text == " ·░░▒▒▓▓██")
    }

    @Test func aCurveHasItsScale() {
        let lines = Curve(values: [0, 0.5, nil, 1], height: 2).lines.map(\.text)
        #expect(lines == ["100 % │   █", "  0 % │▁█ █"])
    }

    /// Where there is nothing but ASCII, more and less differ still.
    @Test func chartsAreReadInASCII() {
        for (more, less) in [("━", "─"), ("█", "▓"), ("▓", "▒"), ("▒", "░"), ("█", "▁")] {
            let shown = [more, less].map { Glyphs.ascii.shown($0.unicodeScalars.first?.value ?? 0) }
            #expect(shown[0] != shown[1], "\(more) \(less)")
            #expect(!shown.contains(0x3f))
        }
    }
}
