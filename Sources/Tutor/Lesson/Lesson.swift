/// One lesson of the course, as its file says.
package struct Lesson: Hashable, Sendable {
    /// The name of its file, such as `01-what-a-websocket-is.md`.
    package let file: String
    /// Its place in the course, from 1.
    package let number: Int
    /// What every id in it begins with.
    package let prefix: String
    package let title: String
    /// How long it takes, about.
    package let minutes: Int
    /// One line for the list of lessons.
    package let about: String
    /// What stands before the first step.
    package let opening: [TextBlock]
    package let steps: [LessonStep]

    package var labs: [Lab] { steps.flatMap(\.labs) }

    package func step(_ id: String) -> LessonStep? { steps.first { $0.id == id } }
}

/// A step: text to read, questions to answer, labs to do, from top to bottom.
package struct LessonStep: Hashable, Sendable {
    /// Unique in the course, and never changed: progress is stored under it.
    package let id: String
    package let title: String
    package let items: [LessonItem]
    /// Three, from a nudge to the worked step; none where the step has no lab.
    package let hints: [String]
    /// One line, shown when the step is done.
    package let learned: String
    /// Ids of the outline's points that it teaches.
    package let outline: [String]
    package let misconceptions: [String]
    package let concepts: [String]
    package let references: [String]
    /// Statements about figures and bytes that the codec proves.
    package let proofs: [Located<String>]
    package let line: Int

    package var labs: [Lab] {
        items.compactMap { item in
            if case .lab(let lab) = item { lab } else { nil }
        }
    }

    package var questions: [Question] {
        items.compactMap { item in
            if case .question(let question) = item { question } else { nil }
        }
    }
}

/// Something of a step.
package enum LessonItem: Hashable, Sendable {
    case text(TextBlock)
    case bytes(BytesExample)
    case question(Question)
    case lab(Lab)
}

/// A value, and the line of the file where it stands.
package struct Located<Value: Hashable & Sendable>: Hashable, Sendable {
    package let value: Value
    package let line: Int
}
