import Testing

@testable import Screen

struct KeyDecoderTests {
    nonisolated struct Vector: Sendable {
        let bytes: String
        let keys: [Key]

        init(_ bytes: String, _ keys: Key...) {
            self.bytes = bytes
            self.keys = keys
        }
    }

    nonisolated static let vectors = [
        Vector("q", .character("q")), Vector("é日😀", .character("é"), .character("日"), .character("😀")),
        Vector("\r\n\t\u{7f}\u{8}", .enter, .enter, .tab, .backspace, .backspace),
        Vector("\u{3}\u{1a}", .control("c"), .control("z")),
        Vector("\u{1b}[A\u{1b}[B\u{1b}[C\u{1b}[D", .up, .down, .right, .left),
        Vector("\u{1b}OA\u{1b}OB\u{1b}OC\u{1b}OD", .up, .down, .right, .left),
        Vector(
            "\u{1b}[H\u{1b}[F\u{1b}OH\u{1b}OF\u{1b}[1~\u{1b}[4~\u{1b}[7~\u{1b}[8~", .home, .end, .home, .end, .home,
            .end, .home, .end),
        Vector("\u{1b}[5~\u{1b}[6~\u{1b}[3~\u{1b}[Z", .pageUp, .pageDown, .delete, .backTab),
        Vector("\u{1b}[1;5A", .up), Vector("\u{1b}[1;5D\u{1b}[1;3C", .wordLeft, .wordRight),
        Vector("\u{1b}[200~q\r\ny\r\u{1b}[A\u{1b}[201~z", .paste("q\ny\n\u{1b}[A"), .character("z")),
        Vector("\u{1b}[200~half\u{3}z", .paste("half"), .character("z")),
        Vector("\u{1b}[<0;10;3M\u{1b}[<0;10;3m", .click(row: 2, column: 9)),
        Vector("\u{1b}[<64;300;100M\u{1b}[<65;1;1M", .wheelUp(row: 99, column: 299), .wheelDown(row: 0, column: 0)),
        Vector("\u{1b}]11;rgb:ffff/8080/0000\u{1b}\\", .background(red: 255, green: 128, blue: 0)),
        Vector("\u{1b}]11;rgb:ff/80/00\u{7}x", .background(red: 255, green: 128, blue: 0), .character("x")),
        Vector("\u{1b}q", .escape, .character("q")), Vector("\u{1b}\u{1b}[A", .escape, .up),
        Vector("\u{1b}[99~\u{1b}[[A\u{1b}P+r\u{1b}\\z", .character("z")),
        Vector("\u{1b}[<0;0;0Mz", .character("z")),
    ]

    @Test(arguments: vectors) func bytesAreKeysHoweverTheyAreCut(_ vector: Vector) {
        let bytes = Array(vector.bytes.utf8)
        for cut in 0...bytes.count {
            var decoder = KeyDecoder()
            let keys = decoder.feed(bytes[..<cut]) + decoder.feed(bytes[cut...])
            #expect(keys == vector.keys)
        }
    }

    @Test func anEscapeAloneIsAKeyOnceNothingFollows() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([0x1b]).isEmpty)
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == [.escape])
        #expect(!decoder.isWaiting)
        #expect(decoder.feed("[A".utf8) == [.character("["), .character("A")])
    }

    @Test func aLongPasteIsCutButEnds() {
        var decoder = KeyDecoder()
        let long = String(repeating: "x", count: KeyDecoder.pasteLimit * 2)
        let keys = decoder.feed(("\u{1b}[200~" + long + "\u{1b}[201~q").utf8)
        #expect(keys.count == 2 && keys.last == .character("q"))
        guard case .paste(let text)? = keys.first else { return }
        #expect(text.utf8.count <= KeyDecoder.pasteLimit)
    }

    @Test func aPasteThatPausesGoesOn() {
        var decoder = KeyDecoder()
        #expect(decoder.feed("\u{1b}[200~one ".utf8).isEmpty)
        #expect(decoder.flush().isEmpty)
        #expect(decoder.feed("two\u{1b}[201~".utf8) == [.paste("one two")])
    }

    @Test func bytesThatAreNoCharacterAreSkipped() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([0xff, 0xc3, 0x28, 0x80]) == [.character("(")])
        #expect(decoder.feed([0xed, 0xa0, 0x80, 0x61]) == [.character("a")])
    }
}
