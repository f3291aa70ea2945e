import Testing
import Tutor

@Suite struct InterviewSessionTests {
    private func session(_ parts: [InterviewState.Part], level: QuizItem.Level = .mid) throws -> InterviewSession {
        InterviewSession(
            id: "i", book: try QuizBank.embedded.interview(), level: level, minutes: 10, parts: parts,
            calendar: Pupil.calendar, before: nil, at: Pupil.now)
    }

    private func play(_ session: inout InterviewSession, _ events: [InterviewEvent]) -> [InterviewEffect] {
        events.flatMap { session.handle($0, at: Pupil.later(30)) }
    }

    @Test("Follow-ups ask for what was not said")
    func followUps() throws {
        var session = try session([.question("q01-what")])
        let question = try #require(try QuizBank.embedded.interview().question("q01-what"))
        // All ideas but the one that "lost" asks for.
        let rows = question.ideas.enumerated().filter { $0.element.id != "no-delivery" }.map(\.offset)
        _ = play(&session, [.next, .next, .type("A protocol."), .next] + rows.map { .tick(row: $0) })
        _ = play(&session, [.next, .next, .next])
        guard case .followUp(let prompt, _) = session.view.stage else { throw Unexpected() }
        #expect(prompt == question.followUps.first { $0.missing == "no-delivery" }?.prompt)
    }

    @Test("The verdict comes from what was ticked, and is kept as a review of the question")
    func verdict() throws {
        var session = try session([.question("q01-what")])
        let followUps: [InterviewEvent] = [.type("Yes."), .next, .mark(.yes), .next]
        let effects = play(
            &session,
            [.next, .next, .type("A protocol."), .next, .tick(row: 0), .next, .tick(row: 0), .next, .next] + followUps
                + followUps)
        guard case .verdict(let verdict) = session.view.stage else { throw Unexpected() }
        #expect(verdict.share == 2.0 / 12)
        #expect(verdict.wrong.count == 1)
        #expect(verdict.band == "Not yet")
        #expect(verdict.missed.count == 6)
        let records = effects.compactMap { if case .record(let record) = $0 { record } else { nil } }
        #expect(records.map(\.grade) == [.again])
        #expect(records.first?.card == Card.Key(.question, "q01-what"))
        #expect(records.first?.beliefs.map(\.misconception) == ["M01"])
        _ = play(&session, [.next])
        guard case .finished(let report) = session.view.stage else { throw Unexpected() }
        #expect(report.work.count == 3)
        #expect(InterviewMarkdown.text(report).contains("ws101 lesson 1"))
    }

    @Test("Nothing is cut off: however late, the answer is taken, and every event is kept")
    func killedAtAnyMoment() throws {
        let store = try ProgressStore(path: Pupil.folder + "/p.sqlite")
        var session = try session([.question("q03-handshake"), .summary])
        let events: [InterviewEvent] = [
            .next, .next, .type("GET with Upgrade"), .next, .tick(row: 1), .next, .next, .tick(row: 2), .next,
            .type("So."),
            .next, .mark(.partly), .next, .type("And so."), .next, .mark(.no), .next, .next, .type("In a minute."),
            .next,
        ]
        for event in events {
            try store.apply(session.handle(event, at: Pupil.later(5000)))
            let record = try #require(try store.unfinishedInterview())
            let resumed = InterviewSession(
                resuming: record, book: try QuizBank.embedded.interview(), calendar: Pupil.calendar, before: nil,
                at: Pupil.later(5000))
            #expect(resumed?.view.stage == session.view.stage)
        }
        try store.apply(session.handle(.next, at: Pupil.later(6000)))
        #expect(session.isFinished)
        #expect(try store.unfinishedInterview() == nil)
        #expect(try store.lastReport()?.verdicts.map(\.question) == ["q03-handshake"])
    }

    @Test func theReportTellsWhatChanged() throws {
        let book = try QuizBank.embedded.interview()
        func report(_ rows: [Int], before: InterviewReport?) throws -> InterviewReport {
            var session = InterviewSession(
                id: "i", book: book, level: .junior, minutes: 10, parts: [.question("q07-backpressure")],
                calendar: Pupil.calendar, before: before, at: Pupil.now)
            let replies: [InterviewEvent] = [.type("a"), .next, .mark(.no), .next]
            _ = play(&session, [.next, .next, .type("a"), .next] + rows.map { .tick(row: $0) })
            _ = play(&session, [.next, .next, .next] + replies + replies + [.next])
            guard case .finished(let report) = session.view.stage else { throw Unexpected() }
            return report
        }
        let first = try report([0], before: nil)
        let second = try report([0, 1, 2, 3], before: first)
        #expect(first.difference == nil)
        #expect((second.difference?.share ?? 0) > 0)
        #expect(second.difference?.questions["q07-backpressure"] == second.share - first.share)
    }

    @Test(arguments: [(10, 2, 1), (20, 4, 2), (45, 9, 3)])
    func thePlanFitsTheMinutes(minutes: Int, questions: Int, drills: Int) throws {
        let parts = InterviewPlan.parts(
            try QuizBank.embedded.interview(), minutes: minutes, cards: [:], schedule: Schedule(), today: 0, seed: 1)
        let asked = parts.count { if case .question = $0 { true } else { false } }
        #expect(asked == questions)
        #expect(parts.count - asked == drills)
    }
}
