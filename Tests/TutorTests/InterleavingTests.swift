import Testing
import Tutor

@Suite struct InterleavingTests {
    @Test("No concept follows itself, but a confusable set stands together", arguments: 0..<200 as Range<UInt64>)
    func apart(seed: UInt64) throws {
        var random = SeededRandom(seed)
        let items = try QuizBank.embedded.topics().flatMap(\.items).shuffled(using: &random).prefix(20)
        let ordered = Interleaving.ordered(Array(items))
        #expect(Set(ordered.map(\.id)) == Set(items.map(\.id)))
        // At the end nothing else may be left.
        for (one, other) in zip(ordered.prefix(14), ordered.dropFirst().prefix(14))
        where !Interleaving.isApart(one, other) {
            let rest = ordered.drop { $0.id != other.id }
            #expect(!rest.contains { Interleaving.isApart(one, $0) }, "\(one.id), \(other.id)")
        }
    }

    @Test func aConfusablePairStandsSideBySide() {
        let items = [
            Pupil.item("a-1", ["ping-pong"], confusable: "ping"), Pupil.item("a-2", ["masking"]),
            Pupil.item("a-3", ["length"]),
            Pupil.item("a-4", ["tcp-keepalive"], confusable: "ping"),
        ]
        #expect(Interleaving.ordered(items).map(\.id) == ["a-1", "a-4", "a-2", "a-3"])
    }

    @Test func ofTwoVariantsOneIsAsked() {
        let items = [
            Pupil.item("a-1", variant: "a-2"), Pupil.item("a-2", variant: "a-1"), Pupil.item("a-3", ["length"]),
        ]
        let selection = QuizSelection(cards: [:], schedule: Schedule(), today: 0)
        #expect(selection.practice(items, count: 3, seed: 1).count == 2)
    }

    @Test func whatIsDueComesFirst() {
        let items = (0..<30).map { Pupil.item("a-\($0)", ["c\($0)"]) }
        let card = Card.reviewed(nil, .good, on: 100, by: FSRS())
        let selection = QuizSelection(cards: [.init(.item, "a-20"): card], schedule: Schedule(), today: 110)
        #expect(selection.practice(items, count: 5, seed: 1).first?.id == "a-20")
        #expect(selection.due(items, count: 20).map(\.id) == ["a-20"])
        #expect(
            QuizSelection(cards: [.init(.item, "a-20"): card], schedule: Schedule(), today: 101).due(items, count: 20)
                .isEmpty)
    }
}
