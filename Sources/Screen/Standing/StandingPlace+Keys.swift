import Tutor

extension StandingPlace: Place {
    func wants(_ key: Key) -> Bool { prompt != nil }

    mutating func outcome(of key: Key) -> Outcome? {
        notice = nil
        if prompt != nil {
            type(key)
            return nil
        }
        switch key {
        case .wheelUp: scroll(by: -3)
        case .wheelDown: scroll(by: 3)
        default:
            guard let (_, action) = KeyBinding.find(key, among: StandingBindings.active(in: self)) else { return nil }
            return perform(action)
        }
        return nil
    }

    private mutating func perform(_ action: StandingAction) -> Outcome? {
        switch action {
        case .common(let common): return perform(common)
        case .lesson:
            guard let lesson = selected?.lesson else {
                notice = .warning("no lesson is about this alone")
                return nil
            }
            return .lesson(lesson, step: nil)
        case .review: return .review
        case .date: prompt = Prompt(.date, text: report?.interviewDate ?? "")
        }
        return nil
    }

    private mutating func perform(_ action: CommonAction) -> Outcome? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): scroll(by: count * max(1, layout.body.height - 2))
        case .first:
            list.select(0, count: entries.count)
            scroll(by: -Int.max / 8)
        case .last: scroll(by: Int.max / 8)
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

    /// Beyond the last entry the page goes on.
    private mutating func move(_ count: Int) {
        let last = entries.count - 1
        if isHelpOpen || (count > 0 && list.index >= last) || (count < 0 && !follows) {
            scroll(by: count)
        } else {
            list.move(count, count: entries.count)
            follows = true
        }
    }

    private mutating func scroll(by count: Int) {
        if isHelpOpen {
            helpScroll = max(0, min(helpScroll, Int.max / 4) + count)
        } else {
            let before = scroll
            scroll = max(0, min(scroll, Int.max / 4) + count)
            // At the top the arrows belong to the entries again.
            follows = count < 0 && (scroll == 0 || scroll == before)
        }
    }

    private mutating func type(_ key: Key) {
        guard var typed = prompt else { return }
        let outcome = typed.type(key)
        prompt = typed
        switch outcome {
        case .editing: break
        case .cancelled: prompt = nil
        case .accepted:
            prompt = nil
            set(date: typed.string)
        }
    }
}
