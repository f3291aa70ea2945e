import Foundation
import Lint
import Testing

/// The top level of JSON objects, wherever in memory they lie and however long they are.
struct JSONSketchTests {
    static let objects: [String] = [
        "{}", #"{"a":1}"#, #" { "a" : 1 , "b" : "x" } "#, #"{"type":"say","text":"a \"quoted\" word\\"}"#,
        #"{"a":{"b":[1,2,{"c":"}]"}],"d":"Y_y"},"e":[],"f":true,"g":null,"h":-1.5e3}"#,
        #"{"long key that is more than eight bytes":"and a value that is more than eight bytes long","z":[[[]]]}"#,
        #"{"tags":["a","b"],"user":{"name":"alice","id":7},"id":"x-1","event":"joined"}"#,
        #"{"":"","é":"ü{","\"":"}"}"#,
    ]

    /// As `JSONSerialization` reads them; the spaces in front shift them against the words in which they are read.
    @Test(arguments: objects)
    func hasTheMembersThatAParserFinds(_ object: String) throws {
        let parsed = try #require(
            JSONSerialization.jsonObject(with: Data(object.utf8), options: .fragmentsAllowed) as? [String: Any])
        for shift in 0..<9 {
            let text = Array((String(repeating: " ", count: shift) + object).utf8)
            let sketch = JSONSketch(text.span)
            let members = try #require(sketch?.members)
            #expect(members.count == parsed.count, "at \(shift)")
            for member in members {
                let isString = member.kind == .string
                let value = try JSONSerialization.jsonObject(
                    with: Data(isString ? [0x22] + text[member.value] + [0x22] : Array(text[member.value])),
                    options: .fragmentsAllowed)
                let key =
                    try JSONSerialization.jsonObject(
                        with: Data([0x22] + text[member.key] + [0x22]), options: .fragmentsAllowed) as? String
                #expect(parsed[key ?? ""] as? NSObject == value as? NSObject, "at \(shift)")
            }
        }
    }

    @Test(arguments: [
        (#"{"type":"a","action":"b"}"#, "a"), (#"{"action":"b","type":"a"}"#, "a"), (#"{"op":10}"#, "10"),
        (#"{"type":null,"cmd":"c"}"#, "c"), (#"{"event":{},"method":"m"}"#, "m"), (#"{"types":"a"}"#, nil),
        (#"{"Type":"a"}"#, nil),
    ])
    func tellsTheKindOfMessage(_ text: String, _ type: String?) {
        let bytes = Array(text.utf8)
        let found = JSONSketch(bytes.span)?.type(in: bytes.span)
        #expect(found == type)
    }

    @Test(arguments: [(#"{"seq":1,"id":"7"}"#, "7"), (#"{"request_id":"r"}"#, "r"), (#"{"n":1}"#, nil)])
    func tellsTheId(_ text: String, _ id: String?) {
        let bytes = Array(text.utf8)
        let found = JSONSketch(bytes.span)?.id(in: bytes.span)
        #expect(found == id)
    }

    private static func shape(_ text: String) -> UInt64? { JSONSketch(Array(text.utf8).span)?.shape }

    @Test func shapeDependsOnKeysKindsAndType() {
        let one = Self.shape(#"{"type":"quote","price":1,"name":"a"}"#)
        #expect(one == Self.shape(#"{"type":"quote","price":22.5,"name":"a longer name than that"}"#))
        #expect(one == Self.shape(#"   {"type": "quote", "price": 1, "name": "a"}        "#))
        #expect(one != Self.shape(#"{"type":"trade","price":1,"name":"a"}"#))
        #expect(one != Self.shape(#"{"type":"quote","price":"1","name":"a"}"#))
        #expect(one != Self.shape(#"{"type":"quote","name":"a","price":1}"#))
    }

    /// Nothing of what a peer may send makes it trap, and what is cut off has a part.
    @Test(arguments: objects)
    func readsWhatIsCutOff(_ object: String) {
        let bytes = Array(object.utf8)
        for end in 0...bytes.count {
            let count = JSONSketch(bytes.span.extracting(first: end))?.members.count ?? 0
            let whole = JSONSketch(bytes.span)?.members.count ?? 0
            #expect(count <= whole)
        }
        for text in ["", "[", "[{}]", "nul", "\"a\"", "{\"a\":\"\\", "{\"a\":\"\\\\\\", "{\"a\":[", "{{", "{\"a\" 1}"] {
            let members = JSONSketch(Array(text.utf8).span)?.members ?? []
            #expect(members.isEmpty, "\(text)")
        }
    }
}
