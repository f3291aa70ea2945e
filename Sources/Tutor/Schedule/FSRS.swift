import Foundation

/// FSRS-6, the model of memory behind the schedule: 21 weights, stability and difficulty of one card.
///
/// Stability S is the number of days after which it is recalled with a probability of 0.9; difficulty D is 1…10. The
/// formulas are those of fsrs-rs 6.6, Anki's engine, also where py-fsrs differs: a second answer on the same day with
/// `hard` never makes a memory less stable.
package struct FSRS: Sendable {
    package static let defaultWeights: [Double] = [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
        1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ]
    /// In days.
    package static let maximumInterval = 36_500
    private static let stabilities = 0.001...36_500.0

    private let w: [Double]
    private let decay: Double
    private let factor: Double

    /// - Precondition: 21 weights.
    package init(weights: [Double] = FSRS.defaultWeights) {
        precondition(weights.count == 21)
        w = weights
        decay = -weights[20]
        factor = pow(0.9, 1 / decay) - 1
    }

    /// The probability of recall `days` after the last review.
    package func recall(_ memory: Memory, after days: Double) -> Double {
        pow(1 + factor * days / memory.stability, decay)
    }

    /// Days until recall has fallen to `retention`, not rounded.
    package func exactInterval(stability: Double, retention: Double) -> Double {
        stability / factor * (pow(retention, 1 / decay) - 1)
    }

    /// Whole days, at least 1.
    package func interval(stability: Double, retention: Double) -> Int {
        let days = exactInterval(stability: stability, retention: retention).rounded(.toNearestOrEven)
        return Int(min(max(days, 1), Double(FSRS.maximumInterval)))
    }

    /// What is remembered after a review.
    /// - Parameters:
    ///   - memory: nil for the first one.
    ///   - days: Whole days since the last one.
    package func review(_ memory: Memory?, _ grade: Grade, after days: Int) -> Memory {
        guard let memory else {
            return Memory(
                stability: clamp(w[grade.rawValue - 1]), difficulty: min(max(initialDifficulty(grade), 1), 10))
        }
        let stability =
            if days < 1 {
                sameDay(memory.stability, grade)
            } else if grade == .again {
                forgotten(memory, recall: recall(memory, after: Double(days)))
            } else {
                recalled(memory, grade, recall: recall(memory, after: Double(days)))
            }
        return Memory(stability: clamp(stability), difficulty: nextDifficulty(memory.difficulty, grade))
    }

    private func clamp(_ stability: Double) -> Double {
        min(max(stability, FSRS.stabilities.lowerBound), FSRS.stabilities.upperBound)
    }
}

/// The parts of the model, each a reference vector of its own.
extension FSRS {
    /// Not clamped: `easy` gives less than 1.
    package func initialDifficulty(_ grade: Grade) -> Double { w[4] - exp(w[5] * Double(grade.rawValue - 1)) + 1 }

    /// Before it reverts to the mean.
    package func damped(_ difficulty: Double, _ grade: Grade) -> Double {
        difficulty + (10 - difficulty) * (-w[6] * Double(grade.rawValue - 3)) / 9
    }

    package func nextDifficulty(_ difficulty: Double, _ grade: Grade) -> Double {
        min(max(w[7] * initialDifficulty(.easy) + (1 - w[7]) * damped(difficulty, grade), 1), 10)
    }

    package func recalled(_ memory: Memory, _ grade: Grade, recall: Double) -> Double {
        let (s, d) = (memory.stability, memory.difficulty)
        let growth = exp(w[8]) * (11 - d) * pow(s, -w[9]) * (exp(w[10] * (1 - recall)) - 1)
        return s * (1 + growth * (grade == .hard ? w[15] : 1) * (grade == .easy ? w[16] : 1))
    }

    package func forgotten(_ memory: Memory, recall: Double) -> Double {
        let (s, d) = (memory.stability, memory.difficulty)
        let left = w[11] * pow(d, -w[12]) * (pow(s + 1, w[13]) - 1) * exp(w[14] * (1 - recall))
        return min(left, s / exp(w[17] * w[18]))
    }

    package func sameDay(_ stability: Double, _ grade: Grade) -> Double {
        let increase = exp(w[17] * (Double(grade.rawValue) - 3 + w[18])) * pow(stability, -w[19])
        return stability * (grade == .again ? increase : max(increase, 1))
    }
}
