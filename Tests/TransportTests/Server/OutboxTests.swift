import Testing
import Transport
import Wire

/// What waits for a slow reader, when some of it may be dropped.
struct OutboxTests {
    private static func message(_ text: String, _ topic: String? = nil) -> Outbox.Waiting {
        Outbox.Waiting(opcode: .text, payload: Array(text.utf8), topic: topic)
    }

    private static func texts(_ outbox: Outbox) -> [String] {
        var texts: [String] = []
        while let message = outbox.popFirst() { texts.append(String(decoding: message.payload, as: UTF8.self)) }
        return texts
    }

    @Test func keepsTheOrder() {
        let outbox = Outbox(limit: 1 << 20, keepsNewest: false)
        let dropped = (0..<500).map { outbox.append(Self.message("\($0)")) }
        #expect(dropped.allSatisfy { $0 == 0 } && outbox.count == 500)
        #expect(Self.texts(outbox) == (0..<500).map(String.init))
        #expect(outbox.count == 0 && outbox.size == 0)
    }

    @Test func dropsTheOldestAndCounts() {
        let outbox = Outbox(limit: 10 * (1 + Outbox.overhead), keepsNewest: false)
        let dropped = (0..<1000).reduce(0) { $0 + outbox.append(Self.message("\($1 % 10)")) }
        #expect(dropped == 990 && outbox.count == 10 && outbox.size <= 10 * (1 + Outbox.overhead))
        #expect(Self.texts(outbox) == (0..<10).map(String.init))
    }

    @Test func takesOneMessageHoweverLong() {
        let outbox = Outbox(limit: 100, keepsNewest: false)
        #expect(outbox.append(Self.message("short")) == 0)
        #expect(outbox.append(Self.message(String(repeating: "x", count: 1000))) == 1)
        #expect(outbox.count == 1)
        #expect(outbox.append(Self.message("short")) == 1 && Self.texts(outbox) == ["short"])
    }

    @Test func keepsTheNewestOfEachTopic() {
        let outbox = Outbox(limit: 1 << 20, keepsNewest: true)
        for round in 0..<300 {
            for topic in ["a", "b", "c"] { _ = outbox.append(Self.message("\(topic)\(round)", topic)) }
            if round % 100 == 0 { _ = outbox.append(Self.message("none \(round)")) }
        }
        #expect(Self.texts(outbox) == ["none 0", "none 100", "none 200", "a299", "b299", "c299"])
    }

    @Test func forgetsATopicThatWasSent() {
        let outbox = Outbox(limit: 1 << 20, keepsNewest: true)
        _ = outbox.append(Self.message("a1", "a"))
        #expect(outbox.popFirst() != nil)
        #expect(outbox.append(Self.message("a2", "a")) == 0)
        #expect(Self.texts(outbox) == ["a2"])
    }
}
