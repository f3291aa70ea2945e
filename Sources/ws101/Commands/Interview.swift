import ArgumentParser
import Foundation
import Screen
import Tutor

struct Interview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A mock interview: the ten questions, your own words, the rubric, follow-ups, a report.",
        discussion: """
            You answer in writing and compare with the rubric point by point; follow-ups ask for what you left out. An
            interview that was cut off goes on where it was. The clock informs and never cuts you off.

            ws101 interview --minutes 20 --level senior --report report.md
            """)

    @Option(help: "10, 20 or 45.")
    var minutes = 10

    @Option(help: "junior, mid or senior: what is expected, and how many follow-ups.")
    var level: LevelOption = .mid

    @Option(help: "Write the report to this file: Markdown, or JSON where it ends in .json.")
    var report: String?

    @Flag(help: "Begin anew, also where one is unfinished.")
    var new = false

    @Option(help: "Chooses the questions.")
    var seed: UInt64?

    @OptionGroup var options: StudyOptions

    func validate() throws {
        guard InterviewPlan.choices.contains(minutes) else { throw ValidationError("--minutes must be 10, 20 or 45.") }
    }

    func run() async throws {
        let study = try options.study()
        let clock = options.clock
        try options.warn(study, at: clock.now)
        var session = try new ? nil : study.interviewUnderWay(at: clock.now)
        if session == nil {
            session = try study.interview(
                level: level.level, minutes: minutes, seed: seed ?? UInt64.random(in: 0..<1_000_000),
                id: StudyOptions.sitting(), at: clock.now)
        }
        if let session, options.hasScreen, report == nil {
            return try await CourseScreen(opensAt: .interview(session), study: study, clock: clock).run()
        }
        guard var session, try PlainInterviewRun(study.store, clock).run(&session),
            case .finished(let result) = session.view.stage
        else { return }
        if let report { try Interview.write(result, to: report) }
    }

    private static func write(_ report: InterviewReport, to path: String) throws {
        guard path.hasSuffix(".json") else { return try WholeFile.write(InterviewMarkdown.text(report), to: path) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try WholeFile.write(String(decoding: try encoder.encode(report), as: UTF8.self) + "\n", to: path)
    }
}
