import Inspector
import Tutor

extension LearnPlace: Place {
    func wants(_ key: Key) -> Bool { isTyping }

    mutating func outcome(of key: Key) -> Outcome? {
        notice = nil
        if prompt != nil {
            type(key)
            return nil
        }
        if mode == .step, !isHelpOpen, answer(key) { return nil }
        switch key {
        case .wheelUp: move(-3)
        case .wheelDown: move(3)
        case .click(let row, let column): return click(row: row, column: column)
        default:
            guard let (binding, action) = KeyBinding.find(key, among: LearnBindings.active(in: self)) else {
                return nil
            }
            if let reason = binding.whyDisabled(self) {
                notice = .warning(reason)
                return nil
            }
            return perform(action)
        }
        return nil
    }

    private mutating func perform(_ action: LearnAction) -> Outcome? {
        switch action {
        case .common(let common): return perform(common)
        case .enter: return enter()
        case .type:
            form?.type()
            follows = true
        case .run: tell(.run)
        case .hint:
            tell(.hint)
            follows = false
            scroll = Int.max / 2
        case .undo: tell(.undo)
        case .reset: tell(.reset)
        case .next: tell(.next)
        case .previous: tell(.previous)
        case .lessons: close()
        case .search: prompt = Prompt(.search)
        case .jump: prompt = Prompt(.jump)
        case .row(let step): ladder.move(step)
        case .showFrame: return ladder.selected.flatMap { evidence(of: $0, "") }
        case .ladder: showsLadder.toggle()
        }
        return nil
    }

    private mutating func perform(_ action: CommonAction) -> Outcome? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): turnPage(count)
        case .first: goToEdge(isLast: false)
        case .last: goToEdge(isLast: true)
        case .back: goBack()
        case .help:
            isHelpOpen.toggle()
            scroll = 0
        case .quit: return .screen(.quit)
        case .suspend: return .screen(.suspend)
        case .redraw: return .screen(.redraw)
        }
        return nil
    }

    // MARK: - Answers

    /// Whether the key belonged to the question that waits, or to the lab's line.
    private mutating func answer(_ key: Key) -> Bool {
        guard var open = form else { return false }
        // What is out of sight is not answered by chance: the arrows go there first.
        if !open.isTyping, !isFormVisible, key == .up || key == .down { return false }
        // To a lab's line the way is i: Enter goes on.
        if case .lab? = view?.prompt, !open.isTyping { return false }
        let before = open
        let result = open.handle(key)
        switch result {
        case .unused, .leave: return false
        case .used:
            form = open
            follows = true
            if case .tick? = view?.prompt {
                for row in open.ticked(since: before) { tell(.tick(row)) }
            }
        case .submit: return submit(open)
        }
        return true
    }

    private mutating func submit(_ answered: AnswerForm) -> Bool {
        guard let view else { return false }
        switch view.prompt {
        case .none: return false
        case .tick: tell(.confirm)
        case .lab:
            guard answered.isTyping else { return false }
            tell(.typed(answered.inputs[0].string))
        case .answer:
            var answered = answered
            if !answered.isComplete, case .order = answered.shape { answered.takeOrder() }
            guard answered.isComplete else {
                notice = .warning(answered.whatIsMissing)
                return true
            }
            form = answered
            tell(.typed(answered.typed))
        }
        return true
    }

    /// Whether the place where one answers is in view.
    var isFormVisible: Bool {
        guard let focus = page.focus else { return true }
        return focus.lowerBound >= scroll && focus.upperBound <= scroll + pageHeight
    }

    private mutating func enter() -> Outcome? {
        switch mode {
        case .lessons:
            guard lessons.indices.contains(list.index) else { return nil }
            open(lesson: lessons[list.index].number)
        case .hits:
            guard let found = foundHits, found.indices.contains(hits.index) else {
                return nil
            }
            let hit = found[hits.index]
            foundHits = nil
            open(lesson: hit.lesson, step: hit.step)
        case .step: return enterStep()
        }
        return nil
    }

    private mutating func enterStep() -> Outcome? {
        guard let view else { return nil }
        if page.count > scroll + pageHeight, !isFormVisible {
            follows = true
            form?.type()
        } else if let pointer = view.pointer {
            return show(pointer, view)
        } else if view.isDone {
            tell(.next)
        } else if view.actions.contains(.run) {
            tell(.run)
        } else if form?.inputs.isEmpty == false {
            form?.type()
        }
        return nil
    }

    private func show(_ pointer: CheckResult.Pointer, _ view: LessonView) -> Outcome? {
        let row = ladder.row(of: pointer.connection, frame: pointer.frame)
        return row.flatMap { evidence(of: $0, view.lab?.report?.first?.difference ?? "") }
    }

    /// The way to a row of the ladder in the place Watch.
    private func evidence(of row: LogRow, _ why: String) -> Outcome? {
        .row(row, why: why)
    }

    // MARK: - Moving

    private mutating func move(_ count: Int) {
        if isHelpOpen || mode == .step {
            follows = false
            scroll = max(0, min(scroll, Int.max / 4) + count)
        } else if mode == .lessons {
            list.move(count, count: lessons.count)
        } else {
            hits.move(count, count: foundHits?.count ?? 0)
        }
    }

    private mutating func turnPage(_ count: Int) { move(count * max(1, pageHeight - 2)) }

    private mutating func goToEdge(isLast: Bool) {
        if isHelpOpen || mode == .step {
            follows = false
            scroll = isLast ? Int.max / 2 : 0
        } else {
            move(isLast ? Int.max / 4 : -Int.max / 4)
        }
    }

    private mutating func goBack() {
        if isHelpOpen {
            isHelpOpen = false
            scroll = 0
        } else if mode == .hits {
            foundHits = nil
            mode = session == nil ? .lessons : .step
        }
    }

    private mutating func click(row: Int, column: Int) -> Outcome? {
        guard mode != .step, !isHelpOpen, layout.body.contains(row: row, column: column) else { return nil }
        let index = row - layout.body.row + scroll - (mode == .lessons ? LessonsPage.top : HitsPage.top)
        let isSelected = index == (mode == .lessons ? list.index : hits.index)
        if mode == .lessons {
            guard lessons.indices.contains(index) else { return nil }
            list.select(index, count: lessons.count)
        } else {
            guard foundHits?.indices.contains(index / 2) == true else { return nil }
            hits.select(index / 2, count: foundHits?.count ?? 0)
        }
        return isSelected ? perform(.enter) : nil
    }

    // MARK: - Searching

    private mutating func type(_ key: Key) {
        guard var typed = prompt else { return }
        let outcome = typed.type(key)
        prompt = typed
        switch outcome {
        case .editing: break
        case .cancelled: prompt = nil
        case .accepted:
            prompt = nil
            if typed.kind == .jump { jump(typed.string) } else { search(typed.string) }
        }
    }

    /// "4" is a step of the open lesson, or from the list a lesson; "3.4" a step of another one.
    private mutating func jump(_ place: String) {
        if mode == .step {
            tell(.jump(place))
            if let said = view?.notice { notice = .warning(said) }
            return
        }
        let parts = place.split(separator: ".").map(String.init)
        guard let number = parts.first.flatMap({ Int($0) }) else {
            notice = .warning("“\(place)” is no lesson; type its number, or LESSON.STEP")
            return
        }
        open(lesson: number, step: parts.count > 1 ? parts[1] : nil)
    }

    private mutating func search(_ words: String) {
        let found = host.course.search(words)
        guard !found.isEmpty else {
            notice = .warning("nothing found for “\(words)”; try a shorter word")
            return
        }
        foundHits = found
        hits = ListCursor()
        scroll = 0
        mode = .hits
    }
}
