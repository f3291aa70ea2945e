/// Two pages side by side, or one above the other where there is little room.
struct Columns {
    let left: Page
    let right: Page
    /// Of the left page, where it stands beside the other one.
    let leftWidth: Int

    /// Narrower than this, nothing stands side by side.
    static let narrowest = 72

    static func isBeside(_ width: Int) -> Bool { width >= narrowest }

    /// The widths of the two, with a line between.
    static func widths(_ width: Int, share: Double = 0.45) -> (left: Int, right: Int) {
        guard isBeside(width) else { return (width, width) }
        let left = Int(Double(width) * share)
        return (left, width - left - 1)
    }

    func draw(on canvas: inout Canvas, in area: Rect, leftScroll: Int, rightScroll: Int) {
        var rest = area
        left.draw(on: &canvas, in: rest.takeLeft(leftWidth), scroll: leftScroll)
        canvas.drawUpright(in: rest.takeLeft(1))
        right.draw(on: &canvas, in: rest, scroll: rightScroll)
    }
}
