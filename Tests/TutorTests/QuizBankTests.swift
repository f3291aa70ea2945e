import Foundation
import Testing
import Tutor

@Suite struct QuizBankTests {
    /// The folder of this repository that holds the bank.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "quizzes").path

    static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    @Test("What is built in is what stands in the folder")
    func embedded() throws {
        let folder = try QuizBank(folder: Self.folder)
        #expect(QuizBank.embedded.topicNames == folder.topicNames)
        #expect(try QuizBank.embedded.topics() == folder.topics())
        #expect(try QuizBank.embedded.interview() == folder.interview())
        #expect(try QuizBank.embedded.topics().flatMap(\.items).count >= 297)
    }

    @Test("The bank has no fault, and the committed table is what it covers")
    func checked() throws {
        let rfc = RFCText(try String(contentsOf: Self.here.appending(path: "rfc6455.txt"), encoding: .utf8))
        let check = try QuizCheck(folder: Self.folder, rfc: rfc)
        #expect(check.faults.map(\.description) == [])
        #expect(check.items >= 297)
        let table = try String(contentsOf: Self.here.appending(path: "coverage.md"), encoding: .utf8)
        #expect(check.table == table, "ws101 quiz check quizzes --table Tests/TutorTests/coverage.md")
    }

    @Test("Answers are kept under an id: none that was published is gone")
    func stableIDs() throws {
        let published = try String(contentsOf: Self.here.appending(path: "published-ids.txt"), encoding: .utf8)
        let now = Set(try QuizBank.embedded.topics().flatMap(\.items).map(\.id) + AllGenerators.list.map { $0.id })
        #expect(published.split(separator: "\n").filter { !now.contains(String($0)) }.isEmpty)
        #expect(now.filter { !published.contains($0) }.isEmpty, "add new ids to published-ids.txt")
    }

    @Test func concurrentReadersGetTheSame() async throws {
        let counts = try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try QuizBank.embedded.topics().flatMap(\.items).count } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(counts.count == 1)
    }

    @Test(
        "A broken file is refused with its line and column",
        arguments: [
            (
                "topic: x\ntitle: X\nprefix: x\nitems:\n  - id: x-1\n    kind: singel\n    question: Q\n", 6, 11,
                "did you mean single?"
            ),
            (
                "topic: x\ntitle: X\nprefix: x\nitems:\n  - id: y-1\n    kind: free\n    question: Q\n    model: m\n    ideas: [{id: a, text: b, keywords: [c]}]\n    explanation: e\n",
                5, 5, "must begin with x-"
            ),
            ("topic: x\ntitle: X\nprefix: x\nitmes: []\n", 4, 1, "did you mean items?"),
            ("topic: x\ntitle: [X\n", 3, 1, "no YAML"),
            ("topic: x\ntopic: y\n", 1, 1, "more than one topic"),
            (
                "topic: x\ntitle: X\nprefix: x\nitems:\n  - id: x-1\n    kind: number\n    question: Q\n    answer: ten\n    explanation: e\n",
                8, 13, "must be a number"
            ),
            (
                "topic: x\ntitle: X\nprefix: x\nitems:\n  - id: x-1\n    kind: single\n    question: Q\n    options:\n      - {text: a, correct: true, why: w}\n      - {text: b, correct: true, why: w}\n    explanation: e\n",
                9, 7, "exactly one option"
            ),
        ])
    func broken(yaml: String, line: Int, column: Int, what: String) throws {
        let folder = Pupil.folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try yaml.write(toFile: folder + "/01-x.yaml", atomically: true, encoding: .utf8)
        let bank = try QuizBank(folder: folder)
        let error = #expect(throws: ContentError.self) { _ = try bank.topics() }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.description.contains(what) == true, "\(error.debugDescription)")
    }

    @Test func aFolderWithoutQuizzes() throws {
        #expect(throws: ContentError.self) { _ = try QuizBank(folder: "/proc/self/fdinfo") }
        #expect(throws: ContentError.self) { _ = try QuizBank(folder: "/nowhere") }
    }

    @Test func anUnknownTopicSaysWhatWasMeant() throws {
        let study = Study(
            bank: .embedded, store: try ProgressStore(path: Pupil.folder + "/p.sqlite"), calendar: Pupil.calendar)
        let error = #expect(throws: Study.UnknownTopic.self) {
            _ = try study.quiz(topic: "handshak", count: 5, seed: 1, isExam: false, sitting: "s", at: Pupil.now)
        }
        #expect(error?.closest == "handshake")
    }

    @Test("Each of the ten questions has ten items, its rubric, wrong answers and three follow-ups", arguments: 1...10)
    func interviewQuestions(number: Int) throws {
        let items = try QuizBank.embedded.topics().flatMap(\.items).filter { $0.interview.contains(number) }
        let question = try #require(try QuizBank.embedded.interview().questions.first { $0.number == number })
        #expect(items.count >= 10)
        #expect(question.ideas.count >= 6)
        #expect(question.wrong.count >= 3)
        #expect(Set(question.followUps.map(\.missing)).count >= 3)
    }
}
