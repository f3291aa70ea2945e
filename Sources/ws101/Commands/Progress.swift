import ArgumentParser
import Foundation
import Screen
import Tutor

struct Progress: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How far you have come: recall on the day of the interview, what is due, what is weak.",
        discussion: """
            ws101 progress --interview-date 2026-09-01     reviews come often enough before that day; "none" forgets it
            ws101 progress --html progress.html            a page to look at
            ws101 progress export FILE, import FILE        all of it as JSON, for another machine
            """,
        subcommands: [Show.self, Export.self, Import.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show it; what ws101 progress does by itself.")

        @Flag(help: "As JSON.")
        var json = false

        @Option(help: "Write a page to this file.")
        var html: String?

        @Option(
            name: .customLong("interview-date"), help: "The day of the interview, such as 2026-09-01; none forgets it.")
        var interviewDate: String?

        @OptionGroup var options: StudyOptions

        func validate() throws {
            guard let interviewDate, interviewDate != "none" else { return }
            guard LearnerCalendar.day(parsing: interviewDate) != nil else {
                throw ValidationError("--interview-date must be a day such as 2026-09-01, or none.")
            }
        }

        func run() async throws {
            let study = try options.study()
            let now = options.clock.now
            if let interviewDate {
                try study.store.setInterviewDay(try day(interviewDate, study.calendar.day(of: now)))
            }
            if !json, html == nil, interviewDate == nil, options.hasScreen {
                return try await CourseScreen(opensAt: .place(.progress), study: study, clock: options.clock).run()
            }
            let report = try study.progress(at: now)
            if let html { try WholeFile.write(ProgressPage.text(report), to: html) }
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Output.answer(String(decoding: try encoder.encode(report), as: UTF8.self))
            } else if html == nil {
                let columns = TerminalShape.standardOutput.columns
                Output.answer(PlainProgress.lines(report, width: min(columns, 100)).joined(separator: "\n"))
            }
        }

        private func day(_ text: String, _ today: Int) throws -> Int? {
            guard let day = LearnerCalendar.day(parsing: text) else { return nil }
            guard day >= today else {
                throw Failure(
                    "the interview date \(text) is over; today is \(LearnerCalendar.text(ofDay: today))",
                    next: "Give a day to come, or none.", status: Failure.wrongUse)
            }
            return day
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write all progress as JSON.")

        @Argument(help: "The file; left out, standard output.")
        var file: String?

        func run() throws {
            let text = String(decoding: try StudyOptions.store().exported(), as: UTF8.self)
            guard let file else { return Output.answer(text) }
            try WholeFile.write(text + "\n", to: file)
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add what an export holds; what is here already stays as it is.")

        @Argument(help: "A file that ws101 progress export wrote.")
        var file: String

        func run() throws {
            let imported = try StudyOptions.store().importing(try InputFile.read(file))
            let known = imported.known == 0 ? "" : "; \(imported.known) were here already and stay as they are"
            Output.answer(
                "added \(imported.answers) answers, \(imported.steps) steps of lessons, \(imported.interviews) interviews\(known)"
            )
        }
    }
}
