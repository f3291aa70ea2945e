import Connection
import Foundation
import Testing
import Tutor

@Suite struct ScheduleTests {
    @Test("Before an interview at least two reviews come, whenever it is set", arguments: 3...200)
    func twoReviewsBeforeTheInterview(days: Int) {
        let schedule = Schedule(interviewDay: 1000 + days)
        var card = Card.reviewed(nil, .easy, on: 1000, by: schedule.model)
        var reviews = 0
        while schedule.due(card) < 1000 + days {
            card = Card.reviewed(card, .easy, on: schedule.due(card), by: schedule.model)
            reviews += 1
        }
        #expect(reviews >= 2)
    }

    @Test func withoutAnInterviewTheIntervalIsTheModels() {
        let schedule = Schedule(interviewDay: nil)
        let card = Card.reviewed(nil, .easy, on: 1000, by: schedule.model)
        #expect(schedule.due(card) == 1008)
        // One that is over shortens nothing.
        #expect(Schedule(interviewDay: 999).due(card) == 1008)
    }

    @Test("A clock that was set back makes it a review of the same day, and loses nothing")
    func clockSetBack() {
        let schedule = Schedule()
        let card = Card.reviewed(nil, .good, on: 1000, by: schedule.model)
        let again = Card.reviewed(card, .good, on: 990, by: schedule.model)
        #expect(again.memory.stability >= card.memory.stability)
        #expect(again.reviews == 2)
        #expect(schedule.recall(again, on: 980) == 1)
    }

    @Test(
        "The learner's day begins at four",
        arguments: [
            ("2026-03-01T03:59:59Z", "2026-02-28"), ("2026-03-01T04:00:00Z", "2026-03-01"),
            ("1970-01-01T00:00:00Z", "1969-12-31"),
        ])
    func rollover(time: String, day: String) throws {
        let date = try #require(ISO8601DateFormatter().date(from: time))
        let calendar = LearnerCalendar(zone: TimeZone(secondsFromGMT: 0)!)
        let timestamp = Timestamp(nanoseconds: UInt64(date.timeIntervalSince1970) * 1_000_000_000)
        #expect(LearnerCalendar.text(ofDay: calendar.day(of: timestamp)) == day)
    }

    @Test("The hour that daylight saving skips makes no day longer or shorter than it is")
    func daylightSaving() throws {
        let calendar = LearnerCalendar(zone: try #require(TimeZone(identifier: "Europe/Berlin")))
        // 2026-03-29 04:00 in Berlin is 02:00 UTC, in summer time.
        let start: UInt64 = 1_774_749_600
        #expect(
            LearnerCalendar.text(ofDay: calendar.day(of: Timestamp(nanoseconds: start * 1_000_000_000))) == "2026-03-29"
        )
        let before = Timestamp(nanoseconds: (start - 1) * 1_000_000_000)
        #expect(LearnerCalendar.text(ofDay: calendar.day(of: before)) == "2026-03-28")
    }

    @Test(arguments: ["2026-02-30", "2026-2-3", "20260203", "", "2026-13-01", "tomorrow"])
    func noDate(text: String) { #expect(LearnerCalendar.day(parsing: text) == nil) }

    @Test(arguments: ["1970-01-01", "2024-02-29", "2026-12-31", "9999-12-31"])
    func dates(text: String) throws {
        let day = try #require(LearnerCalendar.day(parsing: text))
        #expect(LearnerCalendar.text(ofDay: day) == text)
    }

    @Test(
        "The grade comes from behaviour",
        arguments: [
            (false, 0, .sure, 1000, .again), (true, 0, .sure, 1000, .easy),
            (true, 0, .sure, 9000, .good),
            (true, 0, .think, 1000, .good), (true, 0, .guess, 1000, .hard), (true, 1, .sure, 1000, .hard),
            (true, 0, .sure, 31_000, .hard),
        ] as [(Bool, Int, Confidence, Int, Grade)])
    func grades(isRight: Bool, hints: Int, confidence: Confidence, milliseconds: Int, grade: Grade) {
        #expect(
            GradeRule.grade(
                isRight: isRight, score: isRight ? 1 : 0.5, isFree: false, hints: hints, confidence: confidence,
                milliseconds: milliseconds, expected: 10_000) == grade)
    }
}
