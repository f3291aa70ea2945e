import Tutor

/// The list of lessons with how far one has come, and what the selected one is about.
struct LessonsPage {
    let lessons: [Lesson]
    let progress: LessonProgress
    let selected: Int
    let width: Int

    /// Lines above the first lesson.
    static let top = 1

    var page: Page {
        var page = Page()
        page.append("")
        for (index, lesson) in lessons.enumerated() {
            let isSelected = index == selected
            if isSelected { page.focus = page.count..<(page.count + 1) }
            page.append(line(lesson, isSelected), ground: isSelected ? .selected : .plain)
        }
        page.append("")
        if lessons.indices.contains(selected) { appendAbout(lessons[selected], &page) }
        return page
    }

    private func done(_ lesson: Lesson) -> Int { lesson.steps.count { progress.finished.contains($0.id) } }

    private func line(_ lesson: Lesson, _ isSelected: Bool) -> StyledText {
        let done = done(lesson)
        let isFinished = done == lesson.steps.count && done > 0
        var line = StyledText(isSelected ? "▸" : " ", .strong)
        line.append("\(lesson.number)".leftPadded(to: 3) + "  ", .dim)
        let room = max(12, min(width, 100) - 40)
        line.append(lesson.title.padded(to: room), isSelected ? .strong : .text)
        line.append("\(lesson.minutes) min".leftPadded(to: 7) + "  ", .dim)
        let share = lesson.steps.isEmpty ? 0 : Double(done) / Double(lesson.steps.count)
        line.append(Bar.text(share, width: 12, style: isFinished ? .verdictGood : .strong))
        line.append(" \(done) of \(lesson.steps.count)", .dim)
        if isFinished { line.append(" ✓", .verdictGood) }
        return line
    }

    private func appendAbout(_ lesson: Lesson, _ page: inout Page) {
        let textWidth = min(width - 8, TextFlow.readableWidth)
        page.append(WordWrap.lines(InlineMark.text(lesson.about), width: textWidth), indent: 6)
        guard let next = lesson.steps.first(where: { !progress.finished.contains($0.id) }) else {
            page.append(StyledText("      All steps are done.", .dim))
            return
        }
        let isBegun = done(lesson) > 0
        let text = StyledText(isBegun ? "Next: " : "Begins with: ", .dim).appending(next.title, .dim)
        page.append(WordWrap.lines(text, width: textWidth), indent: 6)
    }
}

/// Steps that a search has found, each with the words around what was found.
struct HitsPage {
    let hits: [SearchHit]
    let selected: Int
    let width: Int

    static let top = 1

    var page: Page {
        var page = Page()
        page.append("")
        for (index, hit) in hits.enumerated() {
            let isSelected = index == selected
            let start = page.count
            var line = StyledText(isSelected ? "▸" : " ", .strong)
            line.append("\(hit.lesson)".leftPadded(to: 3) + "  ", .dim)
            line.append(hit.title.clipped(to: max(8, width - 8)), isSelected ? .strong : .text)
            page.append(line, ground: isSelected ? .selected : .plain)
            page.append(StyledText("      … \(hit.excerpt) …".clipped(to: max(8, width - 1)), .dim))
            if isSelected { page.focus = start..<page.count }
        }
        return page
    }
}
