import Connection
import Foundation
import Tutor

/// A quiz or a review, line by line.
struct PlainQuizRun {
    private let talk = LineTalk()
    private let plain: PlainQuiz
    private let store: ProgressStore
    private let clock: StudyClock

    init(_ store: ProgressStore, _ clock: StudyClock) {
        plain = PlainQuiz(width: min(TerminalShape.standardOutput.columns, 100))
        self.store = store
        self.clock = clock
    }

    /// Asks until it is over, or the input ends.
    func run(_ session: inout QuizSession) throws {
        var shown: QuizView?
        while !session.isFinished {
            let view = session.view
            show(view, after: shown)
            shown = view
            guard let line = talk.ask(plain.prompt(view)) else { break }
            switch plain.events(line, view) {
            case .failure(let problem): talk.say(problem.text.split(separator: "\n").map { "  \($0)" })
            case .success(let events): try handle(events, &session)
            }
        }
        if !session.isFinished { try handle([.finish], &session) }
        talk.say(plain.lines(session.view))
    }

    private func handle(_ events: [QuizEvent], _ session: inout QuizSession) throws {
        for event in events { try store.apply(session.handle(event, at: clock.now)) }
    }

    /// The whole question only when it is new; afterwards what has changed.
    private func show(_ view: QuizView, after shown: QuizView?) {
        if let shown, shown.position == view.position, case .asking(let now) = view.stage,
            case .asking(let before) = shown.stage, now.id == before.id, now.task == before.task
        {
            talk.say(now.hints.dropFirst(before.hints.count).map { "  Hint: \($0)" })
        } else {
            talk.say(plain.lines(view))
        }
        if let note = view.note { talk.say(["  \(note)"]) }
    }
}
