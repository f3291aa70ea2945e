import ArgumentParser
import Foundation
import Tutor

struct LessonOutline: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outline",
        abstract: "Which step teaches which point of the outline, as a table in Markdown.",
        discussion: "Exit status: 1 where a point is taught nowhere.")

    @OptionGroup var options: LessonOptions

    func run() throws {
        let table = OutlineTable(
            try LessonFiles.course(in: options.lessons), outline: try LessonJudge.catalogue().outline)
        Output.answer(table.text)
        guard table.holes.isEmpty else {
            Output.diagnostic("ws101: taught nowhere: \(table.holes.joined(separator: ", "))")
            throw ExitCode(Failure.failedCheck)
        }
    }
}
