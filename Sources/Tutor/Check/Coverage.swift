/// What the bank covers: the outline, the ten questions, the misconceptions. A hole is a fault.
struct Coverage {
    let topics: [QuizTopic]
    let catalogue: Catalogue
    let book: InterviewBook

    private static let leastItems = 220
    private static let leastTrueFalse = 0.4
    private static let leastForAQuestion = 10

    private var items: [QuizItem] { topics.flatMap(\.items) }

    var faults: [String] {
        let items = items
        var faults = Balance(items).faults
        if items.count < Coverage.leastItems { faults.append("fewer than \(Coverage.leastItems) items") }
        let trueFalse = items.count { $0.body.kind == "multiple-true-false" }
        if Double(trueFalse) < Coverage.leastTrueFalse * Double(items.count) {
            faults.append("less than 40 % multiple true-false")
        }
        for kind in QuizReader.kinds where !items.contains(where: { $0.body.kind == kind }) {
            faults.append("no item of the kind \(kind)")
        }
        for lesson in 1...12 where !items.contains(where: { $0.lesson == lesson }) {
            faults.append("lesson \(lesson) has no item")
        }
        for question in book.questions
        where items.count(where: { $0.interview.contains(question.number) }) < Coverage.leastForAQuestion {
            faults.append("question \(question.number) has fewer than \(Coverage.leastForAQuestion) items")
        }
        for (point, _) in catalogue.outline where !items.contains(where: { $0.outline.contains(point) }) {
            faults.append("no item asks about the outline's \(point)")
        }
        for id in catalogue.misconceptions.keys.sorted() where askers(of: id).isEmpty {
            faults.append("no item has the misconception \(id)")
        }
        for (concept, _) in catalogue.concepts where !items.contains(where: { $0.concepts.contains(concept) }) {
            faults.append("the concept \(concept) has no item")
        }
        for (set, _) in catalogue.confusable where items.count(where: { $0.confusable == set }) < 2 {
            faults.append("the set \(set) has fewer than two items")
        }
        return faults + unused
    }

    private var unused: [String] {
        let cited =
            items.flatMap(\.references)
            + book.questions.flatMap { $0.ideas.flatMap(\.references) + $0.followUps.flatMap(\.references) }
            + catalogue.misconceptions.values.flatMap(\.references)
        return catalogue.sources.keys.sorted().filter { source in
            !cited.contains { $0 == source || $0.hasPrefix(source + " §") }
        }
        .map { "the source \($0) is cited nowhere" }
    }

    private func askers(of misconception: String) -> [String] {
        items.filter { item in
            item.body.choices.contains { $0.misconception == misconception }
                || item.body.wrong.contains { $0.misconception == misconception }
        }.map(\.id).sorted()
    }

    /// In Markdown.
    var table: String {
        let items = items
        let closed = items.reduce(0) { $0 + $1.body.choices.count }
        var lines = [
            "# Coverage of the question bank", "", "Printed by `ws101 quiz check quizzes --table FILE`; do not edit.",
            "",
            "\(items.count) items in \(topics.count) topics, \(closed) options and statements, each with its own explanation; "
                + "\(AllGenerators.list.count) generators with fresh numbers; \(book.questions.count) interview questions with "
                + "\(sum(\.ideas.count)) idea units, \(sum(\.wrong.count)) wrong answers and \(sum(\.followUps.count)) follow-ups.",
        ]
        lines += ["", "## Kinds", "", "| kind | items |", "|---|---|"]
        lines += QuizReader.kinds.map { kind in "| \(kind) | \(items.count { $0.body.kind == kind }) |" }
        lines += ["", "## Topics", "", "| topic | items | junior | mid | senior |", "|---|---|---|---|---|"]
        lines += topics.map { "| \($0.title) | \($0.items.count) | \(levels($0.items)) |" }
        lines += ["", "## Lessons", "", "| lesson | items |", "|---|---|"]
        lines += (1...12).map { lesson in "| \(lesson) | \(items.count { $0.lesson == lesson }) |" }
        lines += questions + outline + misconceptions
        lines += ["", "## Confusable sets", "", "| set | items |", "|---|---|"]
        lines += catalogue.confusable.map { set, name in
            "| \(name) | \(items.filter { $0.confusable == set }.map(\.id).joined(separator: ", ")) |"
        }
        lines += ["", "## Concepts", "", "| concept | items |", "|---|---|"]
        lines += catalogue.concepts.map { id, name in "| \(name) | \(items.count { $0.concepts.contains(id) }) |" }
        lines += ["", "## Balance", ""] + Balance(items).lines
        return lines.joined(separator: "\n") + "\n"
    }

    private func sum(_ count: (InterviewBook.Question) -> Int) -> Int { book.questions.reduce(0) { $0 + count($1) } }

    private func levels(_ items: [QuizItem]) -> String {
        QuizItem.Level.allCases.map { level in "\(items.count { $0.level == level })" }.joined(separator: " | ")
    }

    private var questions: [String] {
        [
            "", "## Interview questions", "",
            "| question | items | junior | mid | senior | idea units | wrong answers | follow-ups |",
            "|---|---|---|---|---|---|---|---|",
        ]
            + book.questions.map { question in
                let served = items.filter { $0.interview.contains(question.number) }
                return
                    "| \(question.number). \(question.prompt) | \(served.count) | \(levels(served)) | \(question.ideas.count) "
                    + "| \(question.wrong.count) | \(question.followUps.count) |"
            }
    }

    private var outline: [String] {
        [
            "", "## Outline", "", "Section 10 of the outline is the table above.", "", "| point | | asked by |",
            "|---|---|---|",
        ]
            + catalogue.outline.map { point, name in
                let drills = [(book.template.id, book.template.outline), (book.summary.id, book.summary.outline)]
                let names =
                    items.filter { $0.outline.contains(point) }.map(\.id)
                    + drills.filter { $0.1.contains(point) }.map(\.0)
                return "| \(point) | \(name) | \(names.sorted().joined(separator: ", ")) |"
            }
    }

    private var misconceptions: [String] {
        ["", "## Misconceptions", "", "| id | belief | asked by |", "|---|---|---|"]
            + catalogue.misconceptions.sorted { $0.key < $1.key }.map { id, entry in
                "| \(id) | \(entry.belief) | \(askers(of: id).joined(separator: ", ")) |"
            }
    }
}
