/// What the person at the form is shown of it: rows to choose from, or a field to type in.
extension AnswerForm {
    /// - Parameter isActive: The form has the keys.
    mutating func append(to page: inout Page, width: Int, isActive: Bool) {
        switch shape {
        case .statements(let texts):
            rows(texts, &page, width, isActive) { index in ("[\(truths[index].map { $0 ? "T" : "F" } ?? " ")] ", .key) }
        case .single(let texts):
            rows(texts, &page, width, isActive) { index in
                ("\(AnswerForm.letter(index)) (\(picks.contains(index) ? "•" : " ")) ", .key)
            }
        case .multiple(let texts), .ideas(let texts):
            rows(texts, &page, width, isActive) { index in
                ("\(AnswerForm.letter(index)) [\(picks.contains(index) ? "x" : " ")] ", .key)
            }
        case .order(let texts):
            rows(order.map { texts[$0] }, &page, width, isActive) { index in
                (isCarrying && index == cursor ? "↕ " : "\(index + 1). ", .key)
            }
        case .match(let left, let right): match(left, right, &page, width, isActive)
        case .line(let unit): line(unit, &page, width, isActive)
        case .blanks(let parts): blanks(parts, &page, width, isActive)
        case .text: page.append(&inputs[0], sign: StyledText("› ", .key), width: width, isActive: isActive && isTyping)
        }
    }

    private func rows(
        _ texts: [String], _ page: inout Page, _ width: Int, _ isActive: Bool,
        sign: (Int) -> (text: String, style: Style)
    ) {
        for (index, text) in texts.enumerated() {
            let isSelected = isActive && index == cursor
            let sign = sign(index)
            let start = page.count
            let room = min(width, TextFlow.readableWidth) - 2 - sign.text.displayWidth
            for (row, line) in WordWrap.lines(InlineMark.text(text), width: room).enumerated() {
                var shown = StyledText(row == 0 && isSelected ? "▸" : " ", .strong)
                shown.append(row == 0 ? sign.text : String(repeating: " ", count: sign.text.displayWidth), sign.style)
                page.append(shown + line, ground: isSelected ? .selected : .plain)
            }
            if isSelected { page.focus = start..<page.count }
        }
    }

    /// The left sides with the letter of what was paired, the right sides with their letters below.
    private func match(_ left: [String], _ right: [String], _ page: inout Page, _ width: Int, _ isActive: Bool) {
        rows(left, &page, width, isActive) { index in ("[\(pairs[index].map(AnswerForm.letter) ?? " ")] ", .key) }
        page.append("")
        for (index, text) in right.enumerated() {
            let isUsed = pairs.contains(index)
            for (row, line) in text.wordWrapped(to: min(width, TextFlow.readableWidth) - 6).enumerated() {
                let sign = row == 0 ? "  \(AnswerForm.letter(index))  " : "     "
                page.append(StyledText(sign, .key).appending(line, isUsed ? .dim : .text))
            }
        }
    }

    private mutating func line(_ unit: String?, _ page: inout Page, _ width: Int, _ isActive: Bool) {
        page.append(&inputs[0], sign: StyledText("› ", .key), width: width, isActive: isActive && isTyping)
        if let unit { page.append(StyledText("   in \(unit)", .dim)) }
    }

    private mutating func blanks(_ parts: [String], _ page: inout Page, _ width: Int, _ isActive: Bool) {
        for index in inputs.indices {
            var before = parts[index].wordWrapped(to: min(width, TextFlow.readableWidth) - 2)
            // What is typed has at least half a line.
            let isBeside = (before.last ?? "").displayWidth < width / 2
            let beside = isBeside ? before.removeLast() + " " : ""
            page.append(before.map { StyledText(" " + $0) })
            page.append(
                &inputs[index], sign: StyledText(beside).appending("› ", .key), width: width,
                isActive: isActive && isTyping && index == cursor)
        }
        if let last = parts.last, !last.isEmpty {
            page.append(last.wordWrapped(to: min(width, TextFlow.readableWidth) - 2).map { StyledText(" " + $0) })
        }
    }
}
