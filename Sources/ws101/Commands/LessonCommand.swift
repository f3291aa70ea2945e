import ArgumentParser
import Capture
import Foundation
import Screen
import Transport
import Tutor
import Wire

struct LessonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lesson",
        abstract: "Learn WebSockets by doing them: twelve lessons with labs on real connections.",
        discussion: """
            ws101 lesson                 goes on where you stopped
            ws101 lesson 3               lesson 3
            ws101 lesson 3 --plain       the same line by line
            ws101 lesson check FILE      what an author has to know of a lesson file
            ws101 lesson list            all lessons, and how far you are
            """,
        subcommands: [LessonOpen.self, LessonCheckCommand.self, LessonList.self, LessonOutline.self, LessonZoo.self],
        defaultSubcommand: LessonOpen.self)
}

struct LessonOptions: ParsableArguments {
    @Option(help: "Take the lessons of this folder instead of those that are built in.")
    var lessons: String?
}

struct LessonOpen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a lesson.", shouldDisplay: false)

    @Argument(help: "The number of a lesson; left out, the one where you stopped.")
    var number: Int?

    @Flag(help: "Line by line instead of on the screen, as when the output is no terminal.")
    var plain = false

    @OptionGroup var options: LessonOptions

    func run() async throws {
        if !plain, CourseScreen.hasTerminal {
            return try await CourseScreen(opensAt: .lesson(number), lessons: options.lessons).run()
        }
        let course = try LessonFiles.course(in: options.lessons)
        for fault in course.faults { Output.diagnostic("ws101: \(fault)") }
        let store = LessonStore(course)
        guard let session = LessonSession(course, lesson: number, progress: store.progress, at: Clock.now()) else {
            let numbers = course.lessons.map { String($0.number) }.joined(separator: ", ")
            throw Failure(
                "there is no lesson \(number.map(String.init) ?? "")",
                next: "there are \(numbers); ws101 lesson list shows them.", status: Failure.wrongUse)
        }
        let isScripted = isatty(STDIN_FILENO) == 0
        let width = min(TerminalShape.standardOutput.columns, 80) - 1
        try await PlainLesson(session, store, isScripted: isScripted, width: width).run()
    }
}

struct LessonList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All lessons, and how far you are.")

    @OptionGroup var options: LessonOptions

    func run() throws {
        let course = try LessonFiles.course(in: options.lessons)
        let progress = LessonStore(course).progress
        for lesson in course.lessons {
            let done = lesson.steps.count { progress.finished.contains($0.id) }
            let mark = done == lesson.steps.count ? "✓" : done > 0 ? "…" : " "
            let number = (lesson.number < 10 ? " " : "") + "\(lesson.number)"
            let figures = "\(done)/\(lesson.steps.count)"
            Output.answer("\(mark) \(number)  \(figures.padded(to: 6))\(lesson.title): \(lesson.about)")
        }
    }
}

struct LessonZoo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zoo", abstract: "The faulty peers that labs can put on stage.")

    func run() throws {
        for fault in Zoo.all {
            let code = fault.code.map { " → \($0)" } ?? ""
            Output.answer("\(fault.name.padded(to: 20)) \(fault.side)  \(fault.summary) (\(fault.section))\(code)")
        }
    }
}
