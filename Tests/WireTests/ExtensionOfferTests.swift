import Testing
import Wire

/// The grammar of `Sec-WebSocket-Extensions`, RFC 6455 §9.1.
struct ExtensionOfferTests {
    static func offers(_ values: String...) -> [String]? {
        guard case .success(let offers) = ExtensionOffer.parse(values) else { return nil }
        return offers.map { offer in
            ([offer.name] + offer.parameters.map { $0.name + ($0.value.map { "=" + $0 } ?? "") }).joined(separator: ";")
        }
    }

    /// The standard's own examples, and what white space and quotes allow.
    @Test(arguments: [
        ("foo", ["foo"]), ("bar; baz=2", ["bar;baz=2"]), ("foo, bar; baz=2", ["foo", "bar;baz=2"]),
        ("deflate-stream", ["deflate-stream"]),
        ("mux; max-channels=4; flow-control, deflate-stream", ["mux;max-channels=4;flow-control", "deflate-stream"]),
        (" a\t; b = c ,d", ["a;b=c", "d"]), ("a;b=\"c\"", ["a;b=c"]), ("a;b=\"\\c\\d\"", ["a;b=cd"]),
    ])
    func whatFollowsTheGrammarIsRead(value: String, expected: [String]) {
        #expect(Self.offers(value) == expected)
    }

    @Test func severalFieldsAreOneList() {
        #expect(Self.offers("a; b", "c, d") == ["a;b", "c", "d"])
        #expect(Self.offers() == [])
    }

    @Test(arguments: [
        "", " ", ",", "a,", "a,,b", ";", "a;", "a;;b", "a;b=", "a;=b", "a b", "a;b c", "a;b=\"", "a;b=\"c", "a;b=\"\"",
        "a;b=\"c d\"", "a;b=\"c,d\"", "a;b=\"\\", "a;b=c d", "a=b", "\"a\"", "a/b", "é", "a;b=\"c\"d",
    ])
    func whatBreaksItIsRefusedWithItsPlace(value: String) {
        guard case .failure(let fault) = ExtensionOffer.parse([value]) else {
            Issue.record("accepted")
            return
        }
        #expect(fault.description.contains("is expected"))
    }
}
