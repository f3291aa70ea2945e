import Testing

@testable import Screen

struct JSONLensTests {
    private func pretty(_ text: String) throws -> [String] {
        try JSONLens.lines(Array(text.utf8)).map(\.text)
    }

    @Test func membersStandOnLinesOfTheirOwn() throws {
        let lines = try pretty(#"{"op":"hi","tags":["a","b"],"n":-1.5e3,"none":null,"o":{},"a":[ ]}"#)
        #expect(
            lines == [
                "{", #"  "op": "hi","#, #"  "tags": ["#, #"    "a","#, #"    "b""#, "  ],", #"  "n": -1.5e3,"#,
                #"  "none": null,"#, #"  "o": {},"#, #"  "a": []"#, "}",
            ])
    }

    @Test func aScalarAloneIsJSON() throws {
        #expect(try pretty(" 42 ") == ["42"])
        #expect(try pretty(#""a\"b""#) == [#""a\"b""#])
    }

    @Test func stringsStayAsTheyWereWritten() throws {
        #expect(try pretty(#"["\u001b[31m é"]"#) == ["[", #"  "\u001b[31m é""#, "]"])
    }

    @Test func aControlInsideAStringIsShownAsAnEscape() throws {
        #expect(try pretty("[\"\u{1b}[31m\u{202e}\"]") == ["[", #"  "\x1b[31m\u{202e}""#, "]"])
    }

    nonisolated static let broken: [(String, Int)] = [
        ("", 0), ("{", 1), ("[1,]", 3), (#"{"a"}"#, 4), (#"{"a":1,}"#, 7), ("[1 2]", 3), ("tru", 0), ("[1]]", 3),
        (#""abc"#, 4), ("{]", 1), ("+1", 0), (#"{1:2}"#, 1), ("[,1]", 1), ("nan", 0), ("01", 0), ("1.", 0), ("-", 0),
        ("é", 0), ("[1}", 2),
    ]

    @Test(arguments: broken) func whatIsNoJSONIsToldWithItsPlace(_ text: String, _ offset: Int) {
        #expect(throws: JSONLens.Fault.self) { try JSONLens.lines(Array(text.utf8)) }
        do throws(JSONLens.Fault) {
            _ = try JSONLens.lines(Array(text.utf8))
        } catch {
            #expect(error.offset == offset)
        }
    }

    @Test func depthCostsNoStack() throws {
        let deep = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
        #expect(try JSONLens.lines(Array(deep.utf8)).count == 39_999)
    }

    @Test func everyCutIsAFaultAndNeverATrap() {
        let bytes = Array(#"{"a":[1,true,"x\"y",{}],"b":null}"#.utf8)
        for end in 0..<bytes.count {
            #expect(throws: JSONLens.Fault.self) { try JSONLens.lines(Array(bytes[..<end])) }
        }
    }
}
