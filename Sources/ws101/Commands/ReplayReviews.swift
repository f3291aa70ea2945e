import ArgumentParser
import Tutor

/// What the schedule makes of histories of reviews, for the comparison with other implementations of FSRS-6: a line
/// `grade:days grade:days …` in, a line `stability:difficulty …` out.
struct ReplayReviews: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Compute memories from histories of reviews; for tests.", shouldDisplay: false)

    func run() throws {
        let model = FSRS()
        var number = 0
        while let line = readLine() {
            number += 1
            var memory: Memory?
            let memories = try line.split(separator: " ").map { review in
                let next = try ReplayReviews.next(memory, review, number, model)
                memory = next
                return "\(next.stability):\(next.difficulty)"
            }
            Output.answer(memories.joined(separator: " "))
        }
    }

    private static func next(_ memory: Memory?, _ review: Substring, _ line: Int, _ model: FSRS) throws -> Memory {
        let parts = review.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, let grade = Grade(rawValue: parts[0]), parts[1] >= 0 else {
            throw Failure("line \(line): a review is grade:days, such as 3:7", status: Failure.wrongUse)
        }
        return model.review(memory, grade, after: parts[1])
    }
}
