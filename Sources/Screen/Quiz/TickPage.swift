/// One's own text beside the ideas that may be in it, which are ticked one by one.
struct TickPage {
    let task: String
    let own: String
    /// What is told of it: the model answer, corrections.
    let reveal: String
    /// Rows of which a word is in one's own text.
    let suggested: [Int]

    /// One's own text, and what is told of it.
    func left(width: Int) -> Page {
        var page = Page()
        page.append(StyledText(" what you wrote", .dim))
        let text = own.isEmpty ? StyledText("nothing", .dim) : StyledText(own)
        page.append(WordWrap.lines(text, width: width - 2), indent: 1)
        guard !reveal.isEmpty else { return page }
        page.append("")
        page.append(StyledText(" a good answer", .dim))
        page.append(WordWrap.lines(StyledText(reveal, .dim), width: width - 2), indent: 1)
        return page
    }

    func right(_ form: inout AnswerForm, width: Int) -> Page {
        var page = Page()
        page.append(WordWrap.lines(StyledText(task, .strong), width: width - 2), indent: 1)
        if !suggested.isEmpty {
            let letters = suggested.map { AnswerForm.letter($0) }.joined(separator: " ")
            page.append(
                WordWrap.lines(StyledText("A word of \(letters) is in your text: look again.", .dim), width: width - 2),
                indent: 1)
        }
        page.append("")
        form.append(to: &page, width: width, isActive: true)
        return page
    }

    /// Draws both, one above the other where there is little room.
    /// - Returns: How many lines there are below what is in view.
    func draw(
        _ form: inout AnswerForm, on canvas: inout Canvas, in area: Rect, ownScroll: inout Int, scroll: inout Int
    ) -> Int {
        let widths = Columns.widths(area.width)
        let left = left(width: widths.left)
        let right = right(&form, width: widths.right)
        guard Columns.isBeside(area.width) else {
            var page = right
            page.append("")
            for line in left.lines { page.append(line.text) }
            scroll = page.scroll(scroll, height: area.height)
            page.draw(on: &canvas, in: area, scroll: scroll)
            return page.scrollLimit(height: area.height) - scroll
        }
        ownScroll = min(ownScroll, left.scrollLimit(height: area.height))
        scroll = right.scroll(scroll, height: area.height)
        Columns(left: left, right: right, leftWidth: widths.left).draw(
            on: &canvas, in: area, leftScroll: ownScroll, rightScroll: scroll)
        return right.scrollLimit(height: area.height) - scroll
    }
}
