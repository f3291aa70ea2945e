import Inspector

extension Watch {
    /// A click selects; on what is selected already it opens.
    mutating func click(row: Int, column: Int) {
        guard detail == nil else { return }
        if layout.connectionRows.contains(row: row, column: column) {
            focus = .connections
            let index = firstVisibleConnection + row - layout.connectionRows.row
            if index <= connectionCount { choose(index) }
        } else if layout.ladder.contains(row: row, column: column) {
            clickLadder(row: row)
        } else if layout.detail.contains(row: row, column: column), row == layout.detail.row {
            clickViews(column: column)
        }
    }

    private mutating func clickLadder(row: Int) {
        focus = .ladder
        let start = layout.ladderRows.row + layout.ladderRows.height - visibleCount
        let list = list
        let position = firstVisible(in: list) + row - start
        guard row >= start, position < list.count else { return }
        if let clicked = list.row(at: position), clicked.id == selection {
            _ = perform(.open)
        } else {
            select(position, in: list)
        }
    }

    /// The names of the views at the right of the panel's title.
    private mutating func clickViews(column: Int) {
        var end = layout.detail.endColumn - 1
        for view in PayloadView.allCases.reversed() {
            let start = end - view.title.count - 2
            if column >= start, column < end { self.view = view }
            end = start
        }
    }

    mutating func wheel(_ rows: Int, row: Int, column: Int) {
        if detail != nil {
            scroll = max(0, scroll + rows)
        } else if layout.connections.contains(row: row, column: column) {
            _ = perform(.connection(rows.signum()))
        } else {
            scrollLadder(rows)
        }
    }

    /// Moves the view and leaves the selection where it is.
    private mutating func scrollLadder(_ rows: Int) {
        let list = list
        let last = max(0, list.count - visibleCount)
        let first = firstVisible(in: list)
        if selection == nil { selection = list.last?.id }
        top = (first + rows).clamped(to: 0...last)
        isFollowing = rows > 0 && top == last
    }
}
