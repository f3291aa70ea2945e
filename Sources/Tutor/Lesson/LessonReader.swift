import Wire

/// Reads a lesson file. What is wrong is told all at once, with line and column; the lesson is nil where it cannot be
/// used at all.
package struct LessonReader {
    /// More is no lesson.
    package static let sizeLimit = 1 << 20

    package struct Result: Sendable {
        package let lesson: Lesson?
        package let faults: [LessonFault]
    }

    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - file: Its name.
    package static func read(_ bytes: [UInt8], file: String) -> Result {
        var reader = LessonReader(file: SafeText.escape(file))
        guard bytes.count <= sizeLimit else {
            return Result(lesson: nil, faults: [reader.faulty(1, "the file is larger than any lesson: over 1 MiB")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return Result(lesson: nil, faults: [reader.faulty(1, "the file is not in UTF-8")])
        }
        let lesson = reader.lesson(text)
        return Result(lesson: lesson, faults: reader.faults.sorted())
    }

    let file: String
    private(set) var faults: [LessonFault] = []

    private init(file: String) { self.file = file }

    private func faulty(_ line: Int, _ what: String) -> LessonFault { LessonFault(file: file, line: line, what) }

    mutating func fault(_ line: Int, _ what: String) { faults.append(faulty(line, what)) }

    private mutating func lesson(_ text: String) -> Lesson? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix("\r") ? line.dropLast() : line
        }
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            fault(1, "the file must begin with front matter: a line ---, keys, a line ---")
            return nil
        }
        let head = lines[1..<end].joined(separator: "\n")
        let body = lines[(end + 1)...].joined(separator: "\n")
        let blocks = Markdown.blocks(body, line: end + 2)
        guard let front = frontMatter(head) else { return nil }
        let (opening, steps) = parts(blocks, front.prefix)
        if steps.isEmpty { fault(end + 2, "there is no step; a step begins with ## Title {#\(front.prefix)-id}") }
        return Lesson(
            file: file, number: front.number, prefix: front.prefix, title: front.title, minutes: front.minutes,
            about: front.about, opening: opening, steps: steps)
    }

    private mutating func frontMatter(
        _ text: String
    ) -> (number: Int, prefix: String, title: String, minutes: Int, about: String)? {
        var fields = FieldReader(file: file, offset: 1)
        defer { faults += fields.faults }
        guard let root = fields.root(text),
            let keys = fields.fields(
                of: root, "the front matter", required: ["lesson", "prefix", "title", "minutes", "about"])
        else { return nil }
        guard keys.count == 5, let number = fields.number(keys["lesson"], "lesson"),
            let minutes = fields.number(keys["minutes"], "minutes"), (1...99).contains(number), minutes >= 1,
            number.rounded() == number, minutes < 1000
        else {
            if keys.count == 5 { fields.fault(root, "lesson is a number from 1 to 99, and minutes is one, too") }
            return nil
        }
        return (
            Int(number), fields.text(keys["prefix"], "prefix"), fields.text(keys["title"], "title"), Int(minutes),
            fields.text(keys["about"], "about")
        )
    }

    /// What stands before the first step, and the steps.
    private mutating func parts(
        _ blocks: [Markdown.Located], _ prefix: String
    ) -> (opening: [TextBlock], steps: [LessonStep]) {
        var opening: [TextBlock] = []
        var steps: [StepBuilder] = []
        for located in blocks {
            if case .heading(let level, let runs) = located.block, level <= 2 {
                if level == 1 { fault(located.line, "the title stands in the front matter; steps begin with ##") }
                steps.append(StepBuilder(file: file, TextRun.plain(runs), line: located.line))
            } else if steps.isEmpty {
                if case .code(let word, _) = located.block, StepBuilder.words.contains(word) {
                    fault(located.line, "a \(word) block belongs to a step, and no step has begun here")
                }
                opening.append(located.block)
            } else {
                steps[steps.count - 1].add(located.block, line: located.line)
            }
        }
        let built = steps.map { builder in
            var builder = builder
            let step = builder.step()
            faults += builder.faults
            return step
        }
        return (opening, built)
    }
}
