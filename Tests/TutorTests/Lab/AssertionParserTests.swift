import Testing
import Tutor

struct AssertionParserTests {
    @Test(
        "What cannot be read is told with its place",
        arguments: [
            ("seen", 5, "the kind of an event is missing"),
            ("seen client texts", 13, "\"texts\" is no kind of event"),
            ("seen text where lenght > 5", 17, "has no field \"lenght\""),
            ("seen text where len 5", 21, "is expected here"),
            ("seen text where payload == \"x", 28, "the text has no end"),
            ("text", 5, "an assertion begins with seen"),
            ("count text", 11, "is expected here"),
            ("count text ~ 5", 14, "compared"),
            ("closed code == 1006", 8, "client or server is expected"),
            ("header frame Upgrade == x", 14, "request or a response"),
            ("seen text on you extra", 18, "not expected here"),
            ("answer q == 5 +- 20", 20, "a percentage"),
        ])
    func faults(_ text: String, _ column: Int, _ what: String) {
        do {
            _ = try AssertionParser.assertion(text)
            Issue.record("\(text) was read")
        } catch {
            #expect(error.what.contains(what), "\(error.what)")
            #expect(error.column == column)
        }
    }

    @Test(
        "A pattern is written as it is read",
        arguments: [
            "client text", "server close on you where code in 1000 1001",
            "request where header.Origin == https://a.example",
            "text on b where len > 5 and fin == no",
        ])
    func patterns(_ text: String) throws {
        #expect(try AssertionParser.pattern(text).description == text)
    }
}
