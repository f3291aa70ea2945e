import Testing
import Wire

@testable import Screen

struct BindingsTests {
    private func watches() throws -> [Watch] {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/")
        try play.text(1, .client, "x")
        let ladder = Watch(log: play.log, now: play.now)
        var connections = ladder
        connections.focus = .connections
        let open: [Watch] = [.frame(4), .help].map { (detail: Detail) in
            var watch = ladder
            watch.detail = detail
            return watch
        }
        return [ladder, connections, Watch(log: try Play().log, now: play.now)] + open
    }

    @Test func helpAndTheWayOutAreAlwaysThere() throws {
        for watch in try watches() {
            #expect(Bindings.find(.character("?"), in: watch)?.1 == .help)
            #expect(Bindings.find(.character("q"), in: watch)?.1 == .quit)
            #expect(Bindings.find(.control("c"), in: watch)?.1 == .quit)
        }
    }

    @Test func aKeyMeansOneThingInAPanel() {
        for section in Bindings.sections {
            let keys = section.bindings.flatMap { $0.actions.map(\.key) }
            #expect(Set(keys).count == keys.count, "\(section.title)")
        }
    }

    @Test func aKeyMeansOneThingInEachOfTheOtherPlaces() {
        for bindings in [LearnBindings.lessons, LearnBindings.step, LearnBindings.hits] {
            expectDistinct(bindings + LearnBindings.everywhere)
        }
        for bindings in [QuizBindings.menu, QuizBindings.question, QuizBindings.correction, QuizBindings.interview] {
            expectDistinct(bindings + QuizBindings.everywhere)
        }
        expectDistinct(StandingBindings.all + StandingBindings.everywhere)
    }

    private func expectDistinct<Model, Act>(_ bindings: [KeyBinding<Model, Act>]) {
        let keys = bindings.flatMap { $0.actions.map(\.key) }
        #expect(Set(keys).count == keys.count, "\(bindings.map(\.sign))")
        #expect(bindings.allSatisfy { !$0.sign.isEmpty && !$0.description.isEmpty && !$0.actions.isEmpty })
    }

    @Test func everyBindingIsExplainedAndReachable() {
        for binding in Bindings.sections.flatMap(\.bindings) {
            #expect(!binding.sign.isEmpty && !binding.name.isEmpty && !binding.description.isEmpty)
            #expect(!binding.actions.isEmpty)
            let shown = binding.actions.first?.key.description ?? ""
            #expect(binding.sign.contains(shown), "\(binding.sign) does not show \(shown)")
        }
    }

    @Test func theTableOfKeysHasARowForEach() {
        let rows = Bindings.markdown.split(separator: "\n").dropFirst(2)
        #expect(rows.count == Bindings.all.reduce(0) { $0 + $1.entries.count })
        #expect(Bindings.markdown.contains("| Ladder | `↑↓` |"))
    }

    /// `<!-- keys -->` and `<!-- /keys -->` in the README hold the table; `WS101_UPDATE_SCREENS=1` writes it.
    @Test(.enabled(if: ScreenFile.readme.contains("<!-- keys -->"))) func theREADMEHasTheTableOfKeys() throws {
        let readme = ScreenFile.readme
        let start = try #require(readme.firstRange(of: "<!-- keys -->\n")).upperBound
        let end = try #require(readme.firstRange(of: "<!-- /keys -->")).lowerBound
        if ScreenFile.isUpdating {
            ScreenFile.write(readme[..<start] + Bindings.markdown + readme[end...], to: ScreenFile.readmePath)
        } else {
            #expect(readme[start..<end] == Bindings.markdown)
        }
    }
}
