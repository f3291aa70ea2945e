import Testing
import Transport

struct EventStreamParserTests {
    private typealias Event = EventStreamParser.Event

    struct Vector: Sendable {
        let text: String
        let events: [(id: String, name: String, data: String)]
    }

    /// The examples of the HTML standard, §9.2.6, and its corners.
    static let vectors = [
        Vector(text: "data: YHOO\ndata: +2\ndata: 10\n\n", events: [("", "message", "YHOO\n+2\n10")]),
        Vector(
            text: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            events: [("1", "message", "first event"), ("", "message", "second event"), ("", "message", " third event")]),
        Vector(text: "data\n\ndata\ndata\n\ndata:", events: [("", "message", ""), ("", "message", "\n")]),
        Vector(text: "data:test\n\ndata: test\n\n", events: [("", "message", "test"), ("", "message", "test")]),
        Vector(text: "event: add\r\ndata: 1\r\n\r\ndata: 2\r\r", events: [("", "add", "1"), ("", "message", "2")]),
        Vector(text: "\u{feff}data: a\n\n", events: [("", "message", "a")]),
        Vector(text: "id: 7\n\ndata: a\n\n", events: [("7", "message", "a")]),
        Vector(text: "id: 1\u{0}2\ndata: a\n\n", events: [("", "message", "a")]),
        Vector(text: "unknown: x\n:comment\ndata: ü漢\n\n", events: [("", "message", "ü漢")]),
    ]

    @Test(arguments: vectors.indices)
    func whatTheStandardSays(index: Int) {
        let vector = EventStreamParserTests.vectors[index]
        let expected = vector.events.map { Event(id: $0.id, name: $0.name, data: $0.data) }
        let bytes = Array(vector.text.utf8)
        for cut in 0...bytes.count {
            var parser = EventStreamParser()
            let events = parser.parse(bytes[..<cut]) + parser.parse(bytes[cut...])
            #expect(events == expected, "cut at \(cut)")
        }
    }

    @Test(
        arguments: [("retry: 1500\n", 1500), ("retry: 15s\n", nil), ("retry:\n", nil), ("retry: -1\n", nil)]
            as [(String, Int?)])
    func retryIsDigitsOnly(text: String, retry: Int?) {
        var parser = EventStreamParser()
        _ = parser.parse(Array(text.utf8))
        #expect(parser.retry == retry)
    }

    @Test func anEventThatIsTooLongIsLeftOut() {
        var parser = EventStreamParser(longest: 16)
        let events = parser.parse(Array("data: 0123456789012345678901\n\ndata: a\n\n".utf8))
        #expect(events.map(\.data) == ["a"])
    }
}
