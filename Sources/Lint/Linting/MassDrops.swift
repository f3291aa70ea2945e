import Connection
import Wire

/// Connections that one server ends at about the same time without saying that it goes away. What it remembers is
/// bounded by `serverLimit` servers and `memberLimit` drops of each.
struct MassDrops {
    /// A connection that its server ended first, without 1001 or 1012.
    struct Drop {
        let place: WirePlace
        let time: Timestamp
        /// nil where it sent no Close.
        let code: StatusCode?
        /// How it ended TCP instead; nil where it sent a Close.
        let end: Closure.TCPEnd.Kind?
    }

    /// Drops of one server, each within the window of the one before.
    struct Cluster {
        let server: Address
        let first: Timestamp
        fileprivate(set) var last: Timestamp
        /// How many connections of the server there were when it began.
        let open: Int
        fileprivate(set) var count = 0
        /// The first of them.
        fileprivate(set) var drops: [Drop] = []
        /// So many came within the window at some time that they have one cause.
        fileprivate(set) var isDense = false
        fileprivate var recent: [Timestamp] = []
    }

    private let together: Int
    private let window: Int64
    private let share: Double
    private var clusters: [Address: Cluster] = [:]
    private var open: [Address: Int] = [:]

    private static let serverLimit = 256
    fileprivate static let memberLimit = 64

    /// - Parameter settings: Of `MassDrop`.
    init(_ settings: RuleSettings) {
        together = max(2, settings.count("connections"))
        window = settings.duration("window")
        share = settings.ratio("share")
    }

    /// Whether these drops have one cause.
    func isMass(_ cluster: Cluster) -> Bool {
        cluster.isDense && Double(cluster.count) >= share * Double(cluster.open)
    }

    /// Whether there are drops of which it is open whether more follow.
    var hasAny: Bool { !clusters.isEmpty }

    mutating func opened(at server: Address) {
        if open[server] != nil || open.count < Self.serverLimit { open[server, default: 0] += 1 }
    }

    /// To be told for every connection that was told as opened, after its drop.
    mutating func closed(at server: Address) {
        guard let count = open[server] else { return }
        open[server] = count > 1 ? count - 1 : nil
    }

    mutating func add(_ drop: Drop, at server: Address) {
        if clusters[server] == nil {
            guard clusters.count < Self.serverLimit else { return }
            clusters[server] = Cluster(server: server, first: drop.time, last: drop.time, open: open[server] ?? 0)
        }
        clusters[server]?.add(drop, together: together, window: window)
    }

    /// Takes out the clusters to which nothing can be added any more, the first first.
    /// - Parameter now: nil at the end of the recording.
    mutating func finished(at now: Timestamp?) -> [Cluster] {
        guard !clusters.isEmpty else { return [] }
        let window = window
        let finished = clusters.values.filter { cluster in now.map { $0.since(cluster.last) > window } ?? true }
        for cluster in finished { clusters[cluster.server] = nil }
        return finished.sorted { $0.first < $1.first }
    }
}

extension MassDrops.Cluster {
    fileprivate mutating func add(_ drop: MassDrops.Drop, together: Int, window: Int64) {
        last = max(last, drop.time)
        count += 1
        if drops.count < MassDrops.memberLimit { drops.append(drop) }
        recent.append(drop.time)
        if recent.count > together { recent.removeFirst() }
        if recent.count == together, let oldest = recent.first, last.since(oldest) <= window { isDense = true }
    }
}

extension MassDrops.Drop {
    /// nil where the server did not end the connection first, or said that it goes away, or that something is wrong
    /// with this client.
    init?(_ closure: Closure, of connection: LintedConnection) {
        guard connection.unjudgedEnding == nil else { return nil }
        if let first = closure.first, let close = closure.wire[first], !closure.isAbnormal {
            guard first == .server, Self.codesWithoutGoodbye.contains(close.payload.closeCode) else { return nil }
            time = close.time
            code = close.payload.closeCode
            self.end = nil
            place = connection.place(side: .server, frame: close.frame, from: close.time, until: close.time)
        } else {
            guard closure.isAbnormal, closure.firstToEnd == .server, let end = closure.tcp.server,
                !connection.isUnanswered(at: end.time)
            else { return nil }
            time = end.time
            code = nil
            self.end = end.kind
            place = connection.place(side: .server, from: end.time, until: end.time)
        }
    }

    /// Fulfilled, none given, or an error of the server: nothing that tells a client to come back later.
    private static let codesWithoutGoodbye: Set<StatusCode> = [.normalClosure, .noStatusReceived, .internalError]
}
