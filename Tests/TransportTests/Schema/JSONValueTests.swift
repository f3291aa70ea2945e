import Testing
import Transport

/// JSON is read strictly, RFC 8259.
struct JSONValueTests {
    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("-0.5e+2", .number(-50)), ("0", .number(0)),
        (#""a\u00e9\ud83d\ude00\n\/""#, .string("aé😀\n/")), ("[]", .array([])), ("{ }", .object([:])),
        (
            #"{"a":[1,{"b":null}],"c":""}"#,
            .object(["a": .array([.number(1), .object(["b": .null])]), "c": .string("")])
        ),
    ])
    func reads(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "True", "01", "-", "1.", ".5", "1e", "+1", "0x1", "NaN", "1e999", "\"", "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\n\"", "[1,]", "[1 2]", "[", "{\"a\"}", "{\"a\":1,}", "{a:1}",
        "{\"a\":1,\"a\":2}",
        "1 2", "[]x", "'a'", "/**/1", "\u{feff}1",
    ])
    func refuses(text: String) {
        #expect(throws: JSONValue.Fault.self) { try JSONValue(parsing: text) }
    }

    @Test func refusesWhatWouldExhaustTheStack() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONValue.Fault.self) { try JSONValue(parsing: deep) }
        let nested = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect((try? JSONValue(parsing: nested)) != nil)
    }

    /// Any bytes whatever make a value or a fault, and every prefix of a text is none but of the whole.
    @Test func isTotal() throws {
        let text = Array(#"{"a":[1.5e3,"\ud83d\ude00",true,null,{"b":-0}]}"#.utf8)
        for end in 0..<text.count {
            let part = Array(text[..<end])
            let isValue = (try? JSONValue(parsing: part.span)) != nil
            #expect(!isValue)
        }
        for index in text.indices {
            for byte in [0, 0x22, 0x5c, 0x7b, 0x7d, 0x80, 0xff] as [UInt8] {
                var mutant = text
                mutant[index] = byte
                _ = try? JSONValue(parsing: mutant.span)
            }
        }
    }
}
