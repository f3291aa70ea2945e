import Connection
import Inspector
import Wire

extension Watch {
    /// What happens outside of the place.
    enum Effect: Hashable, Sendable {
        case quit, suspend, redraw
    }

    /// Does what a key asks for.
    mutating func handle(_ key: Key) -> Effect? {
        notice = nil
        if prompt != nil { return type(key) }
        switch key {
        case .click(let row, let column): click(row: row, column: column)
        case .wheelUp(let row, let column): wheel(-3, row: row, column: column)
        case .wheelDown(let row, let column): wheel(3, row: row, column: column)
        default:
            guard let (binding, action) = Bindings.find(key, in: self) else { return nil }
            if let reason = binding.whyDisabled(self) {
                notice = reason
                return nil
            }
            return perform(action)
        }
        return nil
    }

    mutating func perform(_ action: Action) -> Effect? {
        switch action {
        case .move(let count): move(count)
        case .page(let count): move(count * max(1, pageHeight - 1))
        case .first: goToEdge(isLast: false)
        case .last: goToEdge(isLast: true)
        case .field(let step): walkField(step)
        case .neighbour(let step): openNeighbour(step)
        case .match(let step): goToMatch(step)
        case .open: open()
        case .back: goBack()
        case .focusConnections: focus = focus == .connections ? .ladder : .connections
        case .handshake: connection.map { open(.handshake($0)) }
        case .closing: connection.map { open(.closing($0)) }
        case .connection(let step): moveConnection(step)
        case .follow: toggleFollow()
        case .pause: togglePause()
        case .clock: clock = clock.next
        case .view(let step): changeView(step)
        case .showAll: showsAll.toggle()
        case .filter: prompt = Prompt(.filter, text: filter?.source ?? "")
        case .command: prompt = Prompt(.command)
        case .help: detail == .help ? close() : open(.help)
        case .quit: return .quit
        case .suspend: return .suspend
        case .redraw: return .redraw
        }
        return nil
    }
}

// MARK: - Moving

extension Watch {
    private var pageHeight: Int {
        detail != nil ? layout.open.height : focus == .connections ? layout.connectionRows.height : visibleCount
    }

    private mutating func move(_ count: Int) {
        if detail != nil {
            scroll = max(0, scroll + count)
        } else if focus == .connections {
            moveConnection(count)
        } else {
            moveSelection(count)
        }
    }

    /// Beyond the last row there is whatever comes next.
    private mutating func moveSelection(_ count: Int) {
        let list = list
        guard list.count > 0 else { return }
        let current = selection.flatMap { list.position(of: $0) } ?? list.count - 1
        if selection == nil || current + count < list.count {
            select((current + count).clamped(to: 0...(list.count - 1)), in: list)
        } else if current == list.count - 1 {
            followNewest()
        } else {
            select(list.count - 1, in: list)
        }
    }

    mutating func select(_ position: Int, in list: RowList) {
        guard let row = list.row(at: position) else { return }
        let first = firstVisible(in: list)
        selection = row.id
        isFollowing = false
        top = first
        if position < first { top = position }
        if position >= first + visibleCount { top = position - visibleCount + 1 }
        keepField()
    }

    mutating func followNewest() {
        selection = nil
        isFollowing = true
    }

    private mutating func goToEdge(isLast: Bool) {
        if detail != nil {
            scroll = isLast ? Int.max / 2 : 0
        } else if focus == .connections {
            choose(isLast ? connectionCount : 0)
        } else if isLast {
            followNewest()
        } else {
            select(0, in: list)
        }
    }

    private mutating func toggleFollow() {
        if isFollowing {
            let list = list
            top = firstVisible(in: list)
            if selection == nil { selection = list.last?.id }
        }
        isFollowing.toggle()
    }

    private mutating func togglePause() {
        if pause != nil {
            pause = nil
            return
        }
        let extent = log.extent
        pause = Pause(
            count: extent.count, frames: extent.frames, time: now,
            connections: log.connections(0..<log.connectionCount))
    }

    /// Selects a frame of the connection, by its number.
    mutating func goTo(frame number: UInt64) {
        guard let connection else { return }
        let all = RowList(log: log, scope: .connection(connection), end: end, matches: nil)
        guard let row = all.firstPosition(ofFrame: number).flatMap({ all.row(at: $0) }) else {
            notice = "connection \(connection.rawValue) has no frame \(number)"
            return
        }
        if filter != nil { showsAll = true }
        let list = list
        if let position = list.position(of: row.id) { select(position, in: list) }
    }

    private mutating func goToMatch(_ step: Int) {
        guard let filter, let row = selectedRow else { return }
        let count = RowList.lowerBound(of: end, in: filter.ids)
        let at = RowList.lowerBound(of: row.id, in: filter.ids)
        let isOnMatch = at < count && filter.ids[at] == row.id
        let target = step < 0 ? at + step : at + step - (isOnMatch ? 0 : 1)
        guard target >= 0, target < count else {
            notice = step < 0 ? "no match before this one" : "no match after this one"
            return
        }
        let list = list
        guard let position = list.position(of: filter.ids[target]) else { return }
        select(position, in: list)
    }
}

// MARK: - Connections

extension Watch {
    private mutating func moveConnection(_ step: Int) {
        choose((scopeIndex + step).clamped(to: 0...connectionCount))
    }

    /// - Parameter index: In the connections list, where 0 is all of them.
    mutating func choose(_ index: Int) {
        isScopeChosen = true
        if index == 0 {
            show(.all)
        } else if let summary = connections((index - 1)..<index).first {
            show(.connection(summary.id))
        }
    }

    mutating func show(_ scope: Scope) {
        guard scope != self.scope else { return }
        self.scope = scope
        filter?.restart(in: scope)
        followNewest()
    }
}

// MARK: - What is open

extension Watch {
    mutating func open(_ detail: Detail) {
        self.detail = detail
        scroll = 0
    }

    mutating func close() {
        detail = nil
        scroll = 0
    }

    private mutating func open() {
        if focus == .connections {
            focus = .ladder
            return
        }
        guard let row = selectedRow else { return }
        // What is open stays, whatever comes.
        selection = row.id
        switch row.kind {
        case .frame(let frame):
            let isOpen = detail == .frame(row.id)
            open(isOpen && frame.header.opcode == .close ? .closing(row.connection) : .frame(row.id))
        case .opened, .request, .response, .established: open(.handshake(row.connection))
        case .fin, .reset, .closed: open(.closing(row.connection))
        case .guessed, .undecoded, .hole, .effect: notice = "the panel below tells all there is"
        }
    }

    private mutating func goBack() {
        if detail != nil {
            close()
        } else if focus == .connections {
            focus = .ladder
        } else if selection != nil {
            followNewest()
        } else if filter != nil {
            filter = nil
        }
    }

    private mutating func openNeighbour(_ step: Int) {
        guard case .frame(let id) = detail else { return }
        let list = list
        var position = (list.position(of: id) ?? 0) + step
        while let row = list.row(at: position) {
            if row.frame != nil {
                select(position, in: list)
                open(.frame(row.id))
                return
            }
            position += step
        }
        notice = step < 0 ? "this is the first frame" : "this is the last frame so far"
    }

    private mutating func changeView(_ step: Int) {
        let all = PayloadView.allCases
        let index = all.firstIndex(of: view) ?? 0
        view = all[(index + step + all.count) % all.count]
        scroll = 0
    }
}

// MARK: - The bit ruler

extension Watch {
    private mutating func walkField(_ step: Int) {
        guard let row = selectedRow, let frame = row.frame else { return }
        if selection == nil { selection = row.id }
        ruler = Ruler(frame, payload: cache.start(of: row)).position(ruler, moved: step)
    }

    /// The same field of another frame, as far as it has one.
    private mutating func keepField() {
        guard let row = selectedRow, let frame = row.frame else { return }
        ruler = Ruler(frame, payload: cache.start(of: row)).clamped(ruler)
    }
}

// MARK: - Typing

extension Watch {
    private mutating func type(_ key: Key) -> Effect? {
        guard var typed = prompt else { return nil }
        let outcome = typed.type(key)
        prompt = typed
        switch outcome {
        case .editing: return nil
        case .cancelled:
            prompt = nil
            return nil
        case .accepted:
            switch typed.kind {
            case .filter:
                apply(filter: typed.string)
                return nil
            case .command:
                prompt = nil
                return run(typed.string)
            }
        }
    }

    /// An expression that is none stays in the prompt, which says why.
    mutating func apply(filter text: String) {
        if text.allSatisfy({ $0 == " " }) {
            filter = nil
            prompt = nil
            return
        }
        do {
            filter = FilterScan(try Filter(text), in: scope)
            showsAll = false
            prompt = nil
            followNewest()
        } catch {
            notice = error.description
        }
    }

    private mutating func run(_ line: String) -> Effect? {
        do {
            switch try Command.parse(line) {
            case .quit: return .quit
            case .help: open(.help)
            case .filter(let expression): apply(filter: expression)
            case .goTo(let number): goTo(frame: number)
            case .connection(let number): goTo(connection: number)
            }
        } catch {
            notice = error.text
        }
        return nil
    }

    private mutating func goTo(connection number: UInt32) {
        let id = ConnectionID(rawValue: number)
        guard number == 0 || summary(id) != nil else {
            notice = "no connection \(number) here"
            return
        }
        isScopeChosen = true
        show(number == 0 ? .all : .connection(id))
    }
}
