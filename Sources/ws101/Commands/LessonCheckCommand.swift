import ArgumentParser
import Foundation
import Tutor

struct LessonCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check lesson files: their form, facts and spelling, and every lab, unsolved and solved.",
        discussion: """
            ws101 lesson check Lessons/03-how-it-works.md

            Every fault is a line FILE:LINE:COLUMN: what is wrong. Words that are spelt rightly stand in words.txt
            beside the file. How a lesson is written is told in CONTRIBUTING.md.

            Exit status: 0 nothing is wrong, 1 something is.
            """)

    @Argument(help: "Lesson files, NN-slug.md.", completion: .file(extensions: ["md"]))
    var files: [String]

    @Flag(inversion: .prefixedNo, help: "Run the labs, unsolved and with their solutions.")
    var labs = true

    @Flag(inversion: .prefixedNo, help: "Check the spelling.")
    var spelling = true

    func run() async throws {
        var count = 0
        var labCount = 0
        var seen: [String: String] = [:]
        for file in files {
            let bytes = try LessonFiles.read(file)
            let result = LessonReader.read(bytes, file: file)
            var faults = result.faults
            if let lesson = result.lesson {
                faults += try LessonJudge.faults(
                    lesson, bytes: bytes, words: spelling ? LessonFiles.words(beside: file) : nil)
                for (id, line) in lesson.ids {
                    if let other = seen[id], other != file {
                        faults.append(LessonFault(file: file, line: line, "the id \(id) is taken already, in \(other)"))
                    }
                    seen[id] = file
                }
                if labs, faults.isEmpty {
                    faults += try await LessonJudge.labFaults(lesson)
                    labCount += lesson.labs.count
                }
            }
            for fault in Set(faults).sorted() { Output.answer(fault.description) }
            count += Set(faults).count
        }
        guard count == 0 else { throw ExitCode(Failure.failedCheck) }
        Output.diagnostic(
            "\(files.count == 1 ? "1 lesson" : "\(files.count) lessons"), \(labCount) labs: nothing is wrong")
    }
}
