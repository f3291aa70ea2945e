import Connection
import Tutor

/// An interview, line by line.
struct PlainInterviewRun {
    private let talk = LineTalk()
    private let plain = PlainInterview(width: min(TerminalShape.standardOutput.columns, 100))
    private let store: ProgressStore
    private let clock: StudyClock

    init(_ store: ProgressStore, _ clock: StudyClock) {
        self.store = store
        self.clock = clock
    }

    /// Asks until it is over; where the input ends, or with /quit, it can go on later.
    /// - Returns: Whether it is over.
    func run(_ session: inout InterviewSession) throws -> Bool {
        var shown: InterviewView?
        while !session.isFinished {
            let view = session.view
            if view.stage != shown?.stage { talk.say(plain.lines(view)) }
            if let note = view.note { talk.say(["  \(note)"]) }
            shown = view
            let typed = plain.isText(view) ? talk.askText(plain.prompt(view)) : talk.ask(plain.prompt(view))
            guard let typed, typed != "/quit", typed != "/q" else {
                Output.answer("It goes on where you stopped: ws101 interview")
                return false
            }
            switch plain.events(typed, view) {
            case .failure(let problem): talk.say(["  \(problem.text)"])
            case .success(let events):
                for event in events { try store.apply(session.handle(event, at: clock.now)) }
            }
        }
        talk.say(plain.lines(session.view))
        return true
    }
}
