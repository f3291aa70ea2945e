import Connection

/// How long a client waited before each of its attempts to come back, one after the other; of the last eight.
struct Waits {
    /// Attempts that failed in a row.
    private(set) var failures = 0
    /// When the last of them failed, or the connection was lost before the first.
    private(set) var failed: Timestamp?
    private var waits: [Int64] = []
    /// Before the first attempt of the row.
    private var first: Int64?

    private static let kept = 8
    /// Who comes back later than that begins anew.
    private static let patience: Int64 = 600_000_000_000

    enum Fault {
        /// Less than half a second or so, and not growing.
        case none(longest: Int64)
        /// The same time again and again.
        case fixed(Int64)
        /// Different times that do not grow.
        case flat(shortest: Int64, longest: Int64)
    }

    mutating func reset() { self = Waits() }

    mutating func fail(at time: Timestamp) {
        failures += 1
        failed = time
    }

    /// The connection was lost after it had served: the next attempt is the first.
    mutating func lose(at time: Timestamp) {
        self = Waits()
        failed = time
    }

    mutating func attempt(at time: Timestamp) {
        guard let failed else { return }
        let wait = max(0, time.since(failed))
        guard wait < Self.patience else { return reset() }
        if waits.count == Self.kept { waits.removeFirst() }
        waits.append(wait)
        first = first ?? wait
    }

    /// Whether so many attempts failed one after the other.
    func areEnough(_ attempts: Int) -> Bool { failures >= attempts && waits.count + 1 >= min(attempts, Self.kept) }

    /// What is wrong with them; nil where nothing is, or they are too few.
    func fault(_ settings: RuleSettings) -> Fault? {
        guard areEnough(settings.count("attempts")), let first, let last = waits.last, let longest = waits.max(),
            let shortest = waits.min()
        else { return nil }
        let ratio = settings.ratio("ratio")
        let isGrowing = Double(last) >= Double(first) * ratio && last > first
        if longest < settings.duration("hot"), !isGrowing { return .none(longest: longest) }
        let mean = waits.reduce(0.0) { $0 + Double($1) } / Double(waits.count)
        guard mean < Double(settings.duration("calm")) else { return nil }
        if deviation(from: mean) < settings.ratio("jitter") * mean, !isGrowing { return .fixed(Int64(mean)) }
        guard waits.count == Self.kept else { return nil }
        let half = waits.count / 2
        let early = waits.prefix(half).reduce(0, +)
        let late = waits.suffix(half).reduce(0, +)
        guard Double(late) < Double(early) * ratio, Double(mean) < Double(first) * 2 else { return nil }
        return .flat(shortest: shortest, longest: longest)
    }

    private func deviation(from mean: Double) -> Double {
        let squares = waits.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        return (squares / Double(waits.count)).squareRoot()
    }
}
