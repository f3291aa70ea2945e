import Connection
import Inspector

/// Rows, pages, ends; following and pausing.
extension Watch {
    var pageHeight: Int {
        detail != nil ? layout.open.height : focus == .connections ? layout.connectionRows.height : visibleCount
    }

    mutating func move(_ count: Int) {
        if detail != nil {
            scroll = max(0, scroll + count)
        } else if focus == .connections {
            moveConnection(count)
        } else {
            moveSelection(count)
        }
    }

    /// Beyond the last row there is whatever comes next.
    mutating func moveSelection(_ count: Int) {
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

    mutating func goToEdge(isLast: Bool) {
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

    mutating func toggleFollow() {
        if isFollowing {
            let list = list
            top = firstVisible(in: list)
            if selection == nil { selection = list.last?.id }
        }
        isFollowing.toggle()
    }

    mutating func togglePause() {
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

    mutating func goToMatch(_ step: Int) {
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
