import Connection
import Testing
import Tutor
import Wire

/// Every answer is proved from what the learner sees, by the decoder and the endpoint, and every distractor refuted.
@Suite struct GeneratorTests {
    static let seeds: UInt64 = 10_000

    @Test(
        "Every seed: the answer is proved, each distractor is wrong, none appears twice", arguments: GeneratorProof.all)
    func everySeed(proof: GeneratorProof) throws {
        for seed in 0..<Self.seeds {
            let item = proof.generator.item(seed: seed)
            let faults = GeneratorTests.form(item, proof) + proof.faults(item)
            try #require(faults.isEmpty, "seed \(seed): \(faults)")
        }
    }

    @Test func everyGeneratorHasItsProof() {
        let (proved, known) = (GeneratorProof.all.map { $0.id }, AllGenerators.list.map { $0.id })
        #expect(proved == known)
        #expect(Set(known).count == known.count)
    }

    @Test(arguments: AllGenerators.list.map { $0.id })
    func aSeedMakesTheSameAgain(id: String) throws {
        let generator = try #require(AllGenerators.generator(id))
        #expect(generator.item(seed: 42) == generator.item(seed: 42))
        let different = Set(
            (0..<20).map { generator.item(seed: $0) }.map { [$0.question, $0.context, $0.bytes, "\($0.body)"] })
        #expect(different.count > 3)
        let item = generator.item(seed: 42)
        #expect(
            AllGenerators.again(item).body != item.body
                || AllGenerators.again(AllGenerators.again(item)).body != item.body)
    }

    /// What holds for any item.
    private static func form(_ item: QuizItem, _ proof: GeneratorProof) -> [String] {
        var faults: [String] = []
        let texts = item.body.choices.map(\.text)
        if Set(texts).count != texts.count { faults.append("options appear twice: \(texts)") }
        if !texts.isEmpty, texts.count < 3 { faults.append("only \(texts.count) options") }
        if item.body.choices.contains(where: { $0.why.isEmpty }) { faults.append("an option without explanation") }
        switch item.body {
        case .single(let choices), .predict(let choices):
            if choices.count(where: \.isRight) != 1 { faults.append("not one right option") }
        case .trueFalse(let choices):
            let right = choices.count(where: \.isRight)
            if right == 0 || right == choices.count { faults.append("all statements alike") }
        case .number(let number):
            if number.wrong.isEmpty { faults.append("no likely wrong answer") }
            for wrong in number.wrong where Double(wrong.answer) == number.answer { faults.append("wrong is right") }
        case .hex(let hex):
            if hex.wrong.isEmpty { faults.append("no likely wrong answer") }
            for wrong in hex.wrong where (try? HexBytes.parse(wrong.answer)) == hex.answer {
                faults.append("wrong is right")
            }
        case .multiple, .order, .match, .fill, .free: faults.append("a kind without proof")
        }
        let wrong = item.body.wrong.map(\.answer)
        if Set(wrong).count != wrong.count { faults.append("wrong answers appear twice: \(wrong)") }
        if item.id != proof.generator.id || item.seed == nil { faults.append("id or seed") }
        return faults
    }
}
