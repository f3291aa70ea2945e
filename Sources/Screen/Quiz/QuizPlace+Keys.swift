import Connection
import Tutor

extension QuizPlace: Place {
    func wants(_ key: Key) -> Bool {
        guard !isHelpOpen else { return false }
        switch mode {
        case .menu: return false
        case .interview: return interview?.isTyping == true || isMark(key)
        case .sitting: return sitting?.isTyping == true || sitting?.takesConfidence == true && QuizPlace.isDigit(key)
        }
    }

    private func isMark(_ key: Key) -> Bool { interview?.takesMark == true && InterviewSitting.marks[key] != nil }

    private static func isDigit(_ key: Key) -> Bool {
        guard case .character(let digit) = key else { return false }
        return ("1"..."3").contains(digit)
    }

    mutating func outcome(of key: Key) -> Outcome? {
        notice = nil
        if !isHelpOpen, answer(key) { return nil }
        switch key {
        case .wheelUp: move(-3)
        case .wheelDown: move(3)
        case .click(let row, let column): click(row: row, column: column)
        default:
            guard let (binding, action) = KeyBinding.find(key, among: QuizBindings.active(in: self)) else { return nil }
            if let reason = binding.whyDisabled(self) {
                notice = .warning(reason)
                return nil
            }
            return perform(action)
        }
        return nil
    }

    /// Whether the key belonged to the answer.
    private mutating func answer(_ key: Key) -> Bool {
        switch mode {
        case .menu: return false
        case .sitting:
            guard let effects = sitting?.answer(key, at: learner.now) else { return false }
            keep(effects)
        case .interview:
            guard let effects = interview?.answer(key, at: learner.now) else { return false }
            keep(effects)
        }
        return true
    }

    private mutating func tell(_ event: QuizEvent) {
        guard let effects = sitting?.tell(event, at: learner.now) else { return }
        keep(effects)
    }

    private mutating func perform(_ action: QuizAction) -> Outcome? {
        switch action {
        case .common(let common): return perform(common)
        case .enter: enter()
        case .hint:
            tell(.hint)
            sitting?.scroll(by: Int.max / 4)
        case .skip: tell(.skip)
        case .undo: tell(.undo)
        case .lower: tell(.lower)
        case .finish: tell(.finish)
        case .neighbour(let step): goToNeighbour(step)
        case .flag: tell(.flag)
        case .lesson: return lesson.map { .lesson($0, step: nil) }
        case .type:
            sitting?.type()
            interview?.type()
        case .level:
            let all = QuizItem.Level.allCases
            level = all[((all.firstIndex(of: level) ?? 0) + 1) % all.count]
        case .own(let step):
            interview?.scrollOwn(by: step)
            sitting?.scrollOwn(by: step)
        case .leave: leave()
        }
        return nil
    }

    private mutating func perform(_ action: CommonAction) -> Outcome? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): move(count * max(1, layout.body.height - 2))
        case .first: move(-Int.max / 8)
        case .last: move(Int.max / 8)
        case .back: isHelpOpen = false
        case .help:
            isHelpOpen.toggle()
            helpScroll = 0
        case .quit: return .screen(.quit)
        case .suspend: return .screen(.suspend)
        case .redraw: return .screen(.redraw)
        }
        return nil
    }

    private mutating func enter() {
        switch mode {
        case .menu:
            let entries = menu.entries
            if entries.indices.contains(list.index) { begin(entries[list.index]) }
        case .sitting:
            if sitting?.correction != nil { tell(.next) }
            let isOver = sitting?.summary != nil
            if isOver, sitting?.isSummarySeen == true { return leave() }
            sitting?.isSummarySeen = isOver
        case .interview:
            if interview?.report != nil {
                leave()
            } else if let effects = interview?.tell(.next, at: learner.now) {
                keep(effects)
            }
        }
    }

    private mutating func goToNeighbour(_ step: Int) {
        guard let sheet = sitting?.view.sheet, let current = sheet.firstIndex(where: \.isCurrent) else { return }
        tell(.go(to: (current + step).clamped(to: 0...(sheet.count - 1))))
    }

    private mutating func move(_ count: Int) {
        if isHelpOpen {
            helpScroll = max(0, min(helpScroll, Int.max / 4) + count)
            return
        }
        switch mode {
        case .menu: list.move(count, count: menu.entries.count)
        case .sitting: sitting?.scroll(by: count)
        case .interview: interview?.scroll(by: count)
        }
    }

    private mutating func click(row: Int, column: Int) {
        guard mode == .menu, !isHelpOpen, layout.body.contains(row: row, column: column) else { return }
        let menu = menu
        let page = menu.page(selected: list.index, width: layout.body.width)
        let line = row - layout.body.row + menuScroll
        guard page.lines.indices.contains(line), let index = menu.entry(onLine: line) else { return }
        let isSelected = index == list.index
        list.select(index, count: menu.entries.count)
        if isSelected { enter() }
    }

    /// The lesson that what is shown belongs to.
    var lesson: Int? {
        switch mode {
        case .menu: nil
        case .sitting: sitting?.correction?.lesson ?? sitting?.summary?.weak.first { $0.lesson != nil }?.lesson
        case .interview:
            switch interview?.view.stage {
            case .verdict(let verdict): verdict.lesson
            case .finished(let report): report.work.first?.lesson
            default: nil
            }
        }
    }
}
