import Foundation
import Testing
import Tutor

@testable import ws101

/// The lessons themselves, as an author checks them and as a learner goes through them, on real sockets.
@Suite(.serialized) struct LessonsTests {
    private static let folder =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Lessons"

    private static let files: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter(Course.isLesson).sorted()

    private static func course() throws -> Course { try LessonFiles.course(in: folder) }

    @Test func thereAreTwelveWithThirtyLabsAtLeast() throws {
        let course = try LessonsTests.course()
        #expect(course.lessons.map(\.number) == Array(1...12))
        #expect(course.lessons.reduce(0) { $0 + $1.labs.count } >= 30)
        let ids = course.lessons.flatMap { $0.ids.map(\.id) }
        #expect(Set(ids).count == ids.count)
    }

    /// After a change that is meant: `ws101 lesson outline --lessons Lessons > Lessons/coverage.md`.
    @Test func everyPointOfTheOutlineIsTaughtSomewhere() throws {
        let table = OutlineTable(try LessonsTests.course(), outline: try LessonJudge.catalogue().outline)
        #expect(table.holes.isEmpty)
        let committed = String(decoding: try LessonFiles.read(LessonsTests.folder + "/coverage.md"), as: UTF8.self)
        #expect(committed == table.text + "\n")
    }

    /// Progress is stored under them. A new one is added to the file; one that was there stays.
    @Test func idsThatWereReleasedAreStillThere() throws {
        let text = String(decoding: try LessonFiles.read(LessonsTests.folder + "/ids.txt"), as: UTF8.self)
        let released = text.split(separator: "\n").map(String.init)
        let ids = try LessonsTests.course().lessons.flatMap { $0.ids.map(\.id) }
        #expect(Set(released).subtracting(ids).isEmpty)
        #expect(Set(ids).subtracting(released).isEmpty)
    }

    @Test("Nothing can be said against it", arguments: files)
    func check(_ file: String) throws {
        let bytes = try LessonFiles.read(LessonsTests.folder + "/" + file)
        let result = LessonReader.read(bytes, file: file)
        #expect(result.faults.isEmpty, "\(result.faults)")
        let lesson = try #require(result.lesson)
        let words = LessonFiles.words(beside: LessonsTests.folder + "/" + file)
        #expect(words != nil)
        let faults = try LessonJudge.faults(lesson, bytes: bytes, words: words)
        #expect(faults.isEmpty, "\(faults)")
    }

    @Test("Every lab fails unsolved and passes with its solution", arguments: files)
    func labs(_ file: String) async throws {
        let result = LessonReader.read(try LessonFiles.read(LessonsTests.folder + "/" + file), file: file)
        let faults = try await LessonJudge.labFaults(try #require(result.lesson))
        #expect(faults.isEmpty, "\(faults)")
    }

    @Test("Every step can be finished, by answers and solutions that are typed", arguments: files)
    func solve(_ file: String) async throws {
        let course = try LessonsTests.course()
        let lesson = try #require(course.lessons.first { $0.file == file })
        let solver = try LessonSolver()
        defer { solver.close() }
        let findings = await solver.solve(lesson, in: course)
        #expect(findings.isEmpty, "\(findings)")
    }
}
