/// Where the parts of the place Watch stand on a canvas of a size.
struct WatchLayout: Hashable, Sendable {
    let header: Rect
    let connections: Rect
    /// Two lines below the connections that tell where to point a client; empty where there is nothing to tell.
    let advice: Rect
    /// Beside the connections, nil where there is no room.
    let statistics: Rect?
    let ladder: Rect
    /// Between connections and ladder.
    let upright: Rect
    let middleRule: Rect
    let detail: Rect
    /// The payload beside the bits, nil where there is no room.
    let payload: Rect?
    /// All between header and bottom, for a panel that is open.
    let open: Rect
    let bottomRule: Rect
    let bottom: Rect
    let isWide: Bool

    init(height: Int, width: Int, hasAdvice: Bool = false) {
        var rest = Rect(row: 0, column: 0, height: height, width: width)
        header = rest.takeTop(1)
        bottom = rest.takeBottom(1)
        bottomRule = rest.takeBottom(1)
        open = rest
        isWide = width >= 120
        // The bits need eight rows; where there is little room the ladder is worth more.
        var lower = rest.takeBottom(height >= 40 ? max(14, height / 3) : height >= 20 ? 8 : 0)
        middleRule = rest.takeBottom(height >= 20 ? 1 : 0)
        payload = isWide ? lower.takeRight(width - max(80, width / 2)) : nil
        detail = lower
        var left = rest.takeLeft(isWide ? (width * 7 / 20).clamped(to: 46...60) : width >= 60 ? 32 : 0)
        upright = rest.takeLeft(width >= 60 ? 1 : 0)
        ladder = rest
        statistics = isWide && left.height >= 20 ? left.takeBottom(13) : nil
        advice = left.takeBottom(hasAdvice && left.height >= 8 ? 2 : 0)
        connections = left
    }

    /// A ladder beside something else, and the selected row below it.
    init(ladder: Rect, detail: Rect) {
        let none = Rect(row: 0, column: 0, height: 0, width: 0)
        (header, connections, advice, upright, middleRule) = (none, none, none, none, none)
        (bottomRule, bottom, open) = (none, none, none)
        (statistics, payload, isWide) = (nil, nil, false)
        self.ladder = ladder
        self.detail = detail
    }

    /// Rows of the ladder, below its title.
    var ladderRows: Rect { WatchLayout.body(ladder) }
    var connectionRows: Rect { WatchLayout.body(connections) }

    private static func body(_ area: Rect) -> Rect {
        var rest = area
        _ = rest.takeTop(1)
        return rest
    }
}
