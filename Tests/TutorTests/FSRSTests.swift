import Testing
import Tutor

/// The model of memory against the vectors that the other implementations publish.
@Suite struct FSRSTests {
    let model = FSRS()

    private func history(_ grades: [Int], _ days: [Int], _ model: FSRS) -> [Memory] {
        var memory: Memory?
        return zip(grades, days).map { grade, days in
            let next = model.review(memory, Grade(rawValue: grade)!, after: days)
            memory = next
            return next
        }
    }

    private static func isNear(_ one: Double, _ other: Double, _ slack: Double = 1e-6) -> Bool {
        abs(one - other) <= slack * max(1, abs(other))
    }

    /// py-fsrs `test_review_card`. Its zeros are its ten-minute steps; ours are within the sitting.
    @Test func intervalsOfReviewsAtTheirDueDate() {
        let grades = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3]
        let waited = [0, 0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12]
        let expected = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
        let memories = history(grades, waited, model)
        for (memory, days) in zip(memories, expected) where days > 0 {
            #expect(model.interval(stability: memory.stability, retention: 0.9) == days)
        }
        let stabilities = [
            2.3065, 2.3065, 10.97104826, 46.31685844, 162.99981577, 497.87655512, 6.89041251, 2.15459837, 2.15459837,
            3.98312338, 7.23625448, 12.48304358, 20.77035728,
        ]
        for (memory, stability) in zip(memories, stabilities) { #expect(Self.isNear(memory.stability, stability)) }
        let difficulties = [0: 2.11810397, 5: 2.08372413, 6: 7.38320232, 7: 9.12510477, 12: 9.05575992]
        for (index, difficulty) in difficulties { #expect(Self.isNear(memories[index].difficulty, difficulty)) }
    }

    @Test func easyAtItsDueDate() {
        let memories = history([4, 4, 4, 4], [0, 8, 66, 397], model)
        for (memory, stability) in zip(memories, [8.2956, 65.62422616, 396.77502335, 1874.91695541]) {
            #expect(Self.isNear(memory.stability, stability))
            #expect(memory.difficulty == 1)
        }
        #expect(memories.map { model.interval(stability: $0.stability, retention: 0.9) } == [8, 66, 397, 1875])
    }

    /// py-fsrs `test_memo_state`, fsrs-rs `test_memory_state`.
    @Test func memoryOfSixReviews() {
        let last = history([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], model)[5]
        #expect(Self.isNear(last.stability, 53.62691, 1e-4))
        #expect(Self.isNear(last.difficulty, 6.3574867, 1e-4))
        var weights = FSRS.defaultWeights
        for index in 17...19 { weights[index] = 0 }
        let without = history([1, 3, 3, 3, 3, 3], [0, 0, 1, 3, 8, 21], FSRS(weights: weights))[5]
        #expect(Self.isNear(without.stability, 53.335106, 1e-4))
        #expect(Self.isNear(without.difficulty, 6.3574867, 1e-4))
    }

    /// fsrs-rs `test_power_forgetting_curve`.
    @Test(
        arguments: [
            (0, 1, 1), (1, 2, 0.9403443), (2, 3, 0.9253786), (3, 4, 0.9185229), (4, 4, 0.9), (5, 2, 0.8261359),
        ] as [(Double, Double, Double)])
    func forgettingCurve(days: Double, stability: Double, recall: Double) {
        let memory = Memory(stability: stability, difficulty: 5)
        #expect(Self.isNear(model.recall(memory, after: days), recall))
    }

    /// fsrs-rs `test_next_difficulty`.
    @Test(
        arguments: [
            (.again, 8.354889, 8.341763), (.hard, 6.6774445, 6.6659956), (.good, 5.0, 4.990228),
            (.easy, 3.3225555, 3.3144615),
        ] as [(Grade, Double, Double)])
    func difficulty(grade: Grade, damped: Double, reverted: Double) {
        #expect(Self.isNear(model.damped(5, grade), damped))
        #expect(Self.isNear(model.nextDifficulty(5, grade), reverted))
    }

    /// fsrs-rs `test_next_stability`. The recall of "again" is the formula alone, no real transition.
    @Test(
        arguments: [
            (.again, 0.9, 25.602541, 1.0525396, 1.596818), (.hard, 0.8, 28.226582, 1.1894329, 5.0),
            (.good, 0.7, 58.656002, 1.3680838, 5.0), (.easy, 0.6, 127.226685, 1.584989, 8.12961),
        ] as [(Grade, Double, Double, Double, Double)])
    func stability(grade: Grade, recall: Double, recalled: Double, forgotten: Double, sameDay: Double) {
        let memory = Memory(stability: 5, difficulty: Double(grade.rawValue))
        #expect(Self.isNear(model.recalled(memory, grade, recall: recall), recalled))
        #expect(Self.isNear(model.forgotten(memory, recall: recall), forgotten))
        #expect(Self.isNear(model.sameDay(5, grade), sameDay))
    }

    /// ts-fsrs, the first review; intervals of fsrs-rs, the first of which is rounded otherwise in single precision.
    @Test func firstReview() {
        let memories = Grade.allCases.map { model.review(nil, $0, after: 0) }
        #expect(memories.map(\.stability) == [0.212, 1.2931, 2.3065, 8.2956])
        for (memory, difficulty) in zip(memories, [6.4133, 5.11217071, 2.11810397, 1]) {
            #expect(Self.isNear(memory.difficulty, difficulty))
        }
        #expect(model.interval(stability: 8.2956, retention: 0.9) == 8)
        #expect(Self.isNear(model.recall(memories[3], after: 8), 0.9024733))
        let intervals = [34793, 2508, 387, 90, 27, 9, 3, 1, 1]
        for (tenth, days) in zip(2...10, intervals) {
            #expect(model.interval(stability: 1, retention: Double(tenth) / 10) == days)
        }
    }

    @Test func aLongHistory() {
        let memories = history([3, 3, 3, 1, 3, 3, 2, 4], [0, 0, 2, 11, 0, 2, 5, 9], model)
        let expected = [
            (2.3065, 2.11810397), (2.3065, 2.11121424), (10.97104826, 2.10433139), (1.53901253, 7.38997579),
            (1.57184159, 7.37781418), (4.93476872, 7.36566474), (9.43076272, 8.23643386), (26.92844005, 7.63236061),
        ]
        for (memory, pair) in zip(memories, expected) {
            #expect(Self.isNear(memory.stability, pair.0))
            #expect(Self.isNear(memory.difficulty, pair.1))
        }
    }

    /// The rule of fsrs-rs.
    @Test(
        arguments: [
            (1, [0.836311, 6.638416, 7.724336, 10.102410]), (21, [1.153980, 19.492721, 29.098306, 50.133717]),
        ] as [(Int, [Double])])
    func fromFiveAndSix(days: Int, stabilities: [Double]) {
        let difficulties = [8.670456, 7.329842, 5.989228, 4.648615]
        for (index, grade) in Grade.allCases.enumerated() {
            let memory = model.review(Memory(stability: 5, difficulty: 6), grade, after: days)
            #expect(Self.isNear(memory.stability, stabilities[index], 1e-5))
            #expect(Self.isNear(memory.difficulty, difficulties[index]))
        }
    }

    @Test(
        arguments: [
            (5, [46, 17, 10, 5, 2, 1]), (20, [186, 66, 38, 20, 8, 4]), (100, [929, 332, 191, 100, 40, 22]),
        ] as [(Double, [Int])])
    func intervals(stability: Double, days: [Int]) {
        let retentions = [0.7, 0.8, 0.85, 0.9, 0.95, 0.97]
        #expect(retentions.map { model.interval(stability: stability, retention: $0) } == days)
    }
}
