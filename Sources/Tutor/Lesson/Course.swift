import Wire

/// All lessons, in their order.
package struct Course: Sendable {
    package let lessons: [Lesson]
    /// What is wrong in their files. A lesson that cannot be read at all is missing.
    package let faults: [LessonFault]

    package init(lessons: [Lesson], faults: [LessonFault] = []) {
        self.lessons = lessons.sorted { $0.number < $1.number }
        self.faults = faults
    }

    /// - Parameter files: Names and contents of the lesson files.
    package init(files: [(name: String, bytes: [UInt8])]) {
        let results = files.filter { Course.isLesson($0.name) }.map { LessonReader.read($0.bytes, file: $0.name) }
        self.init(lessons: results.compactMap(\.lesson), faults: results.flatMap(\.faults).sorted())
    }

    /// `NN-slug.md`.
    package static func isLesson(_ name: String) -> Bool {
        name.hasSuffix(".md") && name.prefix(2).count == 2 && name.prefix(2).allSatisfy { $0.isASCII && $0.isNumber }
            && name.dropFirst(2).first == "-"
    }

    package func lesson(_ number: Int) -> Lesson? { lessons.first { $0.number == number } }

    /// The lesson and the place of a step in it.
    package func place(of step: String) -> (lesson: Lesson, step: Int)? {
        for lesson in lessons {
            if let index = lesson.steps.firstIndex(where: { $0.id == step }) { return (lesson, index) }
        }
        return nil
    }

    package var stepCount: Int { lessons.reduce(0) { $0 + $1.steps.count } }
}

/// Something that was searched for.
package struct SearchHit: Hashable, Sendable {
    package let lesson: Int
    package let step: String
    package let title: String
    /// The words around what was found.
    package let excerpt: String
}

extension Course {
    /// Steps that hold all the words, titles first.
    package func search(_ words: String, limit: Int = 20) -> [SearchHit] {
        let wanted = words.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard !wanted.isEmpty else { return [] }
        var titles: [SearchHit] = []
        var texts: [SearchHit] = []
        for lesson in lessons {
            for step in lesson.steps {
                let title = (step.title + " " + step.id).lowercased()
                let text = step.searchText
                let lower = text.lowercased()
                guard wanted.allSatisfy({ title.contains($0) || lower.contains($0) }) else { continue }
                let hit = SearchHit(
                    lesson: lesson.number, step: step.id, title: step.title,
                    excerpt: Course.excerpt(of: text, around: wanted))
                if wanted.allSatisfy(title.contains) { titles.append(hit) } else { texts.append(hit) }
            }
        }
        return Array((titles + texts).prefix(limit))
    }

    private static func excerpt(of text: String, around words: [String]) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace)
        let place = flat.firstIndex { word in words.contains { word.lowercased().contains($0) } } ?? 0
        return flat[max(place - 4, 0)..<min(place + 8, flat.count)].joined(separator: " ")
    }
}

extension LessonStep {
    /// Everything in it that a learner reads.
    var searchText: String {
        items.map { item in
            switch item {
            case .text(let block): block.plainText
            case .bytes: ""
            case .question(let question):
                ([question.ask] + question.choices + [question.explain]).joined(separator: "\n")
            case .lab(let lab): lab.title + "\n" + lab.task
            }
        }.joined(separator: "\n")
    }
}
