import Connection
import Inspector
import Wire

/// The place Watch: which connection, row and field are selected, what is open, filtered, paused. What is drawn is read
/// from the log each time.
struct Watch {
    enum Focus: Hashable, Sendable {
        case connections, ladder
    }

    /// The view stands still at this moment; the recording goes on.
    struct Pause {
        /// Rows from this id on came later.
        let count: Int
        let frames: Int
        let time: Timestamp
        let connections: [ConnectionSummary]
    }

    let log: Log
    var layout = WatchLayout(height: 24, width: 80)
    /// When the view is looked at: a live recording's ages grow.
    var now: Timestamp
    var scope = Scope.all
    /// Whether a person chose the connection; until then the newest real one is shown.
    var isScopeChosen = false
    var focus = Focus.ladder
    var detail: Detail?
    /// The selected row's id; nil: whatever is newest.
    var selection: Int?
    /// The ladder's first visible position while it does not follow.
    var top = 0
    /// The ladder's end stays in view.
    var isFollowing = true
    var pause: Pause?
    var filter: FilterScan?
    /// Rows that do not match are shown as well, the matching ones marked.
    var showsAll = false
    var ruler = RulerPosition()
    var view = PayloadView.bits
    var clock = Clock.day
    /// The first visible line of what is open.
    var scroll = 0
    var prompt: Prompt?
    /// What to tell once, in the bottom line.
    var notice: String?
    /// Seconds that the clocks here are ahead of UTC.
    let timeZone: Int
    let cache: DetailCache
    /// Rows that are the evidence of a finding.
    var marks = FindingMarks()

    init(log: Log, now: Timestamp, timeZone: Int = 0) {
        self.log = log
        self.now = now
        self.timeZone = timeZone
        cache = DetailCache(log: log)
    }

    /// Rows up to here are shown.
    var end: Int { pause?.count ?? log.extent.count }

    /// What the ladder walks through.
    var list: RowList {
        RowList(log: log, scope: scope, end: end, matches: showsAll ? nil : filter?.ids)
    }

    /// The row whose details are shown.
    var selectedRow: LogRow? {
        if let selection, let row = log.row(selection) { return row }
        return list.last
    }

    /// The connection that details are about.
    var connection: ConnectionID? {
        switch scope {
        case .connection(let id): id
        case .all: selectedRow?.connection
        }
    }

    var connectionCount: Int { pause?.connections.count ?? log.connectionCount }

    func connections(_ range: Range<Int>) -> [ConnectionSummary] {
        guard let pause else { return log.connections(range.clamped(to: 0..<log.connectionCount)) }
        return Array(pause.connections[range.clamped(to: 0..<pause.connections.count)])
    }

    func summary(_ id: ConnectionID) -> ConnectionSummary? {
        pause?.connections.first { $0.id == id } ?? log.connection(id)
    }

    /// The time at which things are as they are shown.
    var shownTime: Timestamp { pause?.time ?? now }

    /// How many rows are above all that the ladder can reach in memory.
    var rowsOnDisk: Int {
        let first = log.extent.firstInMemory
        guard first > 0, filter == nil || showsAll else { return 0 }
        return switch scope {
        case .all: first
        case .connection(let id): (log.position(of: first - 1, in: id) ?? -1) + 1
        }
    }

    /// How many rows of the ladder are visible.
    var visibleCount: Int { max(0, layout.ladderRows.height - (rowsOnDisk > 0 ? 1 : 0)) }

    /// The position of the first visible row.
    func firstVisible(in list: RowList) -> Int {
        let last = max(0, list.count - visibleCount)
        return isFollowing ? last : min(top, last)
    }

    /// The place in the connections list: 0 is all of them.
    var scopeIndex: Int {
        switch scope {
        case .all: 0
        case .connection(let id): (connectionIndex(of: id) ?? -1) + 1
        }
    }

    private func connectionIndex(of id: ConnectionID) -> Int? {
        pause.map { $0.connections.firstIndex { $0.id == id } } ?? log.index(of: id)
    }

    /// The first visible entry of the connections list: the selected one stays in view.
    var firstVisibleConnection: Int {
        let height = layout.connectionRows.height
        return max(0, min(scopeIndex - height / 2, connectionCount + 1 - height))
    }

    /// Whether anything was ever observed.
    var isEmpty: Bool { log.extent.count == 0 }
}
