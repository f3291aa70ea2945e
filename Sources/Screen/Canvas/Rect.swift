/// A part of the canvas, in cells.
struct Rect: Hashable, Sendable {
    var row: Int
    var column: Int
    var height: Int
    var width: Int

    var endRow: Int { row + height }
    var endColumn: Int { column + width }
    var isEmpty: Bool { height <= 0 || width <= 0 }

    func contains(row: Int, column: Int) -> Bool {
        row >= self.row && row < endRow && column >= self.column && column < endColumn
    }

    /// Cuts `count` rows off the top.
    mutating func takeTop(_ count: Int) -> Rect {
        let taken = max(0, min(count, height))
        defer {
            row += taken
            height -= taken
        }
        return Rect(row: row, column: column, height: taken, width: width)
    }

    mutating func takeBottom(_ count: Int) -> Rect {
        let taken = max(0, min(count, height))
        height -= taken
        return Rect(row: endRow, column: column, height: taken, width: width)
    }

    mutating func takeLeft(_ count: Int) -> Rect {
        let taken = max(0, min(count, width))
        defer {
            column += taken
            width -= taken
        }
        return Rect(row: row, column: column, height: height, width: taken)
    }

    mutating func takeRight(_ count: Int) -> Rect {
        let taken = max(0, min(count, width))
        width -= taken
        return Rect(row: row, column: endColumn, height: height, width: taken)
    }
}
