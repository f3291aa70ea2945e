import Connection
import Foundation
import GRDB
import Testing
import Tutor

@Suite struct ProgressStoreTests {
    private func store() throws -> ProgressStore { try ProgressStore(path: Pupil.folder + "/progress.sqlite") }

    @Test func anAnswerReviewsItsItemAndItsConcepts() throws {
        let store = try store()
        #expect(try store.record(Pupil.answer("1", concepts: ["masking", "length"])))
        let cards = try store.cards()
        #expect(Set(cards.keys) == [.init(.item, "frames-x"), .init(.concept, "masking"), .init(.concept, "length")])
        #expect(cards[.init(.item, "frames-x")]?.memory.stability == 2.3065)
    }

    @Test("What was told is there for who opens the file anew, without closing it first")
    func isKept() throws {
        let store = try store()
        try store.record(Pupil.answer("1"))
        let other = try ProgressStore(path: store.path)
        #expect(try other.cards() == store.cards())
        try other.record(Pupil.answer("2", day: 103))
        #expect(try store.cards()[.init(.item, "frames-x")]?.reviews == 2)
    }

    @Test("Two windows that answer at the same time: no answer is lost")
    func twoWindows() async throws {
        let path = Pupil.folder + "/progress.sqlite"
        try await withThrowingTaskGroup { group in
            for window in 0..<4 {
                group.addTask {
                    let store = try ProgressStore(path: path)
                    for number in 0..<25 { try store.record(Pupil.answer("\(window)-\(number)")) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try ProgressStore(path: path).cards()[.init(.item, "frames-x")]?.reviews == 100)
    }

    @Test func undoIsAsIfItHadNotBeen() throws {
        let store = try store()
        try store.record(Pupil.answer("1"))
        let before = try store.cards()
        try store.record(Pupil.answer("2", "frames-y", grade: .again, day: 104))
        try store.record(Pupil.answer("3", grade: .easy, day: 106))
        #expect(try store.undo(answer: "3"))
        #expect(try store.undo(answer: "2"))
        #expect(try store.cards() == before)
        #expect(try store.undo(answer: "none") == false)
    }

    @Test func aLowerGradeIsComputedFromTheLog() throws {
        let (one, other) = (try store(), try store())
        for (store, grade) in [(one, Grade.good), (other, .hard)] {
            try store.record(Pupil.answer("1"))
            try store.record(Pupil.answer("2", grade: grade, day: 103))
            try store.record(Pupil.answer("3", day: 109))
        }
        try one.regrade(answer: "2", .hard)
        #expect(try one.cards() == other.cards())
    }

    @Test func anAnswerTwiceIsOneAnswer() throws {
        let store = try store()
        try store.record(Pupil.answer("1"))
        #expect(try store.record(Pupil.answer("1", grade: .again)) == false)
        #expect(try store.cards()[.init(.item, "frames-x")]?.reviews == 1)
    }

    @Test func whatIsExportedIsImported() throws {
        let (one, other) = (try store(), try store())
        try one.record(
            Pupil.answer("1", beliefs: [AnswerRecord.Belief(misconception: "M04", isHeld: true)]))
        try one.record(Pupil.answer("2", grade: .again, day: 104))
        try one.undo(answer: "2")
        try one.save(
            StepRecord(id: "what.first", status: .done, prediction: "the server", attempts: 2), at: Pupil.now)
        try one.save(
            InterviewRecord(id: "i", started: Pupil.now, level: "mid", minutes: 10, state: "{}"))
        try one.setInterviewDay(20_700)
        let imported = try other.importing(try one.exported())
        #expect(imported.answers == 2)
        #expect(imported.steps == 1)
        #expect(imported.interviews == 1)
        #expect(try other.exported() == one.exported())
        #expect(try other.cards() == one.cards())
    }

    @Test("An import with what is here already changes nothing and says so")
    func importingTwice() throws {
        let (one, other) = (try store(), try store())
        try one.record(Pupil.answer("1"))
        try other.record(Pupil.answer("1"))
        try other.record(Pupil.answer("2", day: 103))
        let before = try other.exported()
        let imported = try other.importing(try one.exported())
        #expect(imported.answers == 0)
        #expect(imported.known == 1)
        #expect(try other.exported() == before)
    }

    @Test(arguments: ["", "{}", "[1]", #"{"format":"other","version":1,"answers":[],"steps":[],"interviews":[]}"#])
    func noExport(text: String) throws {
        let store = try store()
        try store.record(Pupil.answer("1"))
        let error = #expect(throws: ProgressError.self) { _ = try store.importing(Data(text.utf8)) }
        #expect(error?.kind == .badImport)
        #expect(try store.cards().count == 2)
    }

    @Test func aDoneStepStaysDone() throws {
        let store = try store()
        try store.save(StepRecord(id: "a", status: .done), at: Pupil.now)
        try store.save(StepRecord(id: "a", status: .begun, draft: "GET"), at: Pupil.later(5))
        #expect(try store.steps()["a"] == StepRecord(id: "a", status: .done, draft: "GET"))
        #expect(try store.latestStep()?.id == "a")
        try store.resetStep("a")
        #expect(try store.steps().isEmpty)
    }

    @Test func aDamagedFileIsNotTouched() throws {
        let path = Pupil.folder + "/progress.sqlite"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        let rubbish = Data("this is no database, and long enough to be looked at as one".utf8)
        try rubbish.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: ProgressError.self) { _ = try ProgressStore(path: path) }
        #expect(error?.kind == .damaged)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == rubbish)
    }

    @Test func aFolderThatCannotBeMade() throws {
        let error = #expect(throws: ProgressError.self) { _ = try ProgressStore(path: "/proc/nowhere/progress.sqlite") }
        #expect(error?.kind == .cannotOpen)
    }

    @Test func aNewerDatabaseIsRefused() throws {
        let path = try store().path
        try DatabaseQueue(path: path).write { database in
            try database.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999')")
        }
        let error = #expect(throws: ProgressError.self) { _ = try ProgressStore(path: path) }
        #expect(error?.kind == .newer)
    }
}
