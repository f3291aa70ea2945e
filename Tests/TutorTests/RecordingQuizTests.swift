import Lint
import Testing
import Tutor
import Wire

@Suite struct RecordingQuizTests {
    private func items(_ scene: Scene, seed: UInt64 = 1, count: Int = 50) -> [QuizItem] {
        let keeper = Keeper()
        scene.run(into: keeper)
        return keeper.quiz.items(seed: seed, count: count)
    }

    private static let scene = Scene { scene in
        scene.open()
        scene.text(.client, "Hello")
        scene.frame(.server, .text, Array("Wor".utf8), fin: false)
        scene.ping(.server, "beat")
        scene.frame(.server, .continuation, Array("ld".utf8))
        scene.pong(.client, "beat")
        scene.end(by: .client, 1000)
    }

    @Test("Each answer about a recording is proved as those of the drills are", arguments: 0..<50 as Range<UInt64>)
    func proved(seed: UInt64) {
        let items = items(Self.scene, seed: seed)
        #expect(
            Set(items.map(\.id)).isSuperset(of: [
                "drill-decode", "drill-unmask", "drill-accept", "recording-messages", "recording-end",
            ]))
        for item in items {
            let texts = item.body.choices.map(\.text)
            #expect(Set(texts).count == texts.count)
            guard let proof = GeneratorProof.all.first(where: { $0.id == item.id }), item.id != "drill-violation" else {
                continue
            }
            #expect(proof.faults(item) == [], "\(item.question)")
        }
        guard case .number(let number) = items.first(where: { $0.id == "recording-messages" })?.body else { return }
        #expect(number.answer == 2)
    }

    @Test func aBrokenRuleIsAskedFor() {
        let items = items(
            Scene { scene in
                scene.open()
                scene.frame(.client, .text, Array("Hello".utf8), isMasked: false)
            })
        let asked = items.first { $0.id == "drill-violation" }
        #expect(asked?.body.choices.first { $0.isRight }?.text == Violation.Rule.clientUnmasked.explanation)
    }

    @Test func aRecordingWithoutFramesGivesNothing() {
        #expect(items(Scene { $0.midstream() }).isEmpty)
    }
}
