import ArgumentParser
import Screen
import Tutor

struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask again what is due: what would soon be forgotten.",
        discussion: """
            When an answer comes back is computed with FSRS-6. With ws101 progress --interview-date it comes often enough
            before that day.
            """)

    @OptionGroup var options: StudyOptions

    func run() async throws {
        let study = try options.study()
        let clock = options.clock
        try options.warn(study, at: clock.now)
        let review = try study.review(
            seed: UInt64.random(in: 0..<1_000_000), sitting: StudyOptions.sitting(), at: clock.now)
        if review.due > 0, options.hasScreen {
            return try await CourseScreen(opensAt: .sitting(review.quiz), study: study, clock: clock).run()
        }
        if review.due > 0 {
            var session = review.quiz
            if review.due > ReviewSession.limit {
                Output.answer("\(review.due) are due; these are the \(ReviewSession.limit) nearest to being forgotten.")
            }
            try PlainQuizRun(study.store, clock).run(&session)
        }
        Output.answer(try study.nextReview(at: clock.now))
    }
}
