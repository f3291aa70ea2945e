import Testing

@testable import Screen

struct PaletteTests {
    @Test func noColorLeavesAttributesOnly() {
        let palette = Palette(environment: ["NO_COLOR": "1"], colors: 256)
        for style in Style.allCases {
            for ground in Ground.allCases {
                let appearance = palette.appearance(style, on: ground)
                #expect(appearance.foreground == nil && appearance.background == nil)
            }
        }
        #expect(palette.appearance(.text, on: .selected).attributes.contains(.reverse))
    }

    @Test func anEmptyNoColorIsNone() {
        #expect(Palette(environment: ["NO_COLOR": ""], colors: 256).depth == .many)
    }

    @Test func aTerminalGetsOnlyColoursItHas() {
        for (colors, limit) in [(8, 8), (16, 16), (88, 16), (256, 256)] {
            for isLight in [false, true] {
                var palette = Palette(environment: [:], colors: colors)
                palette.isLight = isLight
                for style in Style.allCases {
                    for ground in Ground.allCases {
                        let appearance = palette.appearance(style, on: ground)
                        #expect((appearance.foreground ?? 0) < limit && (appearance.background ?? 0) < limit)
                    }
                }
            }
        }
    }

    @Test func theSelectedRowAlwaysStandsOut() {
        for colors in [0, 8, 16, 256] {
            let palette = Palette(environment: [:], colors: colors)
            for style in Style.allCases {
                #expect(palette.appearance(style, on: .selected) != palette.appearance(style, on: .plain))
            }
        }
    }

    @Test func theBackgroundIsKnownFromTheEnvironmentOrTheTerminal() {
        #expect(Palette(environment: ["COLORFGBG": "0;15"], colors: 256).isLight)
        #expect(!Palette(environment: ["COLORFGBG": "15;default;0"], colors: 256).isLight)
        #expect(!Palette(environment: [:], colors: 256).isLight)
        #expect(Palette.isLight(red: 253, green: 246, blue: 227))
        #expect(!Palette.isLight(red: 0, green: 43, blue: 54))
    }

    @Test func whatATerminalCannotShowKeepsItsColumn() {
        let text = "▸●✓✗·─│┴━┄▶◀…é日"
        for glyphs in [Glyphs.ascii, .console] {
            let shown = text.unicodeScalars.map { glyphs.shown($0.value) }
            #expect(shown.count == text.unicodeScalars.count)
        }
        #expect("▸✓✗─é".unicodeScalars.map { Glyphs.ascii.shown($0.value) } == [0x3e, 0x2b, 0x78, 0x2d, 0x3f])
        #expect("✓─é".unicodeScalars.map { Glyphs.console.shown($0.value) } == [0x2b, 0x2500, 0xe9])
    }

    @Test func theGlyphsFollowLocaleAndTerminal() {
        #expect(Glyphs(terminal: "xterm-256color", isUTF8: true) == .unicode)
        #expect(Glyphs(terminal: "linux", isUTF8: true) == .console)
        #expect(Glyphs(terminal: "xterm", isUTF8: false) == .ascii)
    }
}
