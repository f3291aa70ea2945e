/// What was found, the same at the same endpoint once, and how often each rule had evidence.
package struct Findings: Sendable {
    /// In the order in which they were first seen.
    package private(set) var all: [Finding] = []
    /// By rule, how many connections (or steps, or files) were judged and how.
    package private(set) var tallies: [RuleCode: Tally] = [:]
    /// How many connections, steps of the probe, or files were looked at.
    package private(set) var judged = 0
    /// The paths of those requests, or those files; at most 10,000.
    package private(set) var seen: Set<String> = []
    /// Distinct findings that were not kept because there were too many.
    package private(set) var dropped = 0
    /// Grows with every change.
    package private(set) var version = 0

    private var places: [Fingerprint: Int] = [:]

    /// Distinct findings that are kept.
    package static let limit = 10_000
    private static let placesKept = 15

    package struct Tally: Hashable, Sendable {
        package var passed = 0
        package var failed = 0
        /// By reason; at most eight reasons are told apart.
        package var notApplicable: [String: Int] = [:]

        package init() {}
    }

    package init() {}

    package subscript(id: Finding.ID) -> Finding? { all.indices.contains(id - 1) ? all[id - 1] : nil }

    /// Takes a finding that a rule just made, or counts it where there is one with its fingerprint.
    /// - Returns: Its id; nil where too many are kept already.
    @discardableResult
    package mutating func add(
        _ page: RulePage, _ severity: Severity, _ confidence: Confidence, _ message: @autoclosure () -> String,
        at place: Place, fingerprint: Fingerprint
    ) -> Finding.ID? {
        version &+= 1
        if let index = places[fingerprint] {
            all[index].occurrences += 1
            all[index].severity = max(all[index].severity, severity)
            let before = all[index].alsoIn.last ?? all[index].place
            if let connection = place.connection, connection == before.connection { return all[index].id }
            all[index].connections += 1
            if all[index].alsoIn.count < Findings.placesKept { all[index].alsoIn.append(place) }
            return all[index].id
        }
        guard all.count < Findings.limit else {
            dropped += 1
            return nil
        }
        places[fingerprint] = all.count
        all.append(
            Finding(
                id: all.count + 1, rule: page.code, slug: page.slug, severity: severity, confidence: confidence,
                message: message(), place: place, fingerprint: fingerprint))
        return all.count
    }

    /// The finding was seen again where it was seen before.
    package mutating func again(_ id: Finding.ID) {
        all[id - 1].occurrences += 1
        version &+= 1
    }

    /// A connection, a step or a file is looked at.
    /// - Parameter name: The path of its request, without the query, or the file's name; nil where it is not known.
    package mutating func look(at name: String?) {
        judged += 1
        if let name, seen.count < Findings.limit { seen.insert(name) }
    }

    package mutating func tally(_ rule: RuleCode, _ change: (inout Tally) -> Void) {
        change(&tallies[rule, default: Tally()])
        version &+= 1
    }

    package mutating func passed(_ rule: RuleCode, _ verdict: Verdict) {
        tally(rule) { tally in
            switch verdict {
            case .pass: tally.passed += 1
            case .notApplicable(let reason):
                let known = tally.notApplicable[reason] != nil || tally.notApplicable.count < 8
                tally.notApplicable[known ? reason : "other reasons", default: 0] += 1
            }
        }
    }

    /// Marks what does not count.
    package mutating func suppress(_ decide: (Finding) -> Suppression?) {
        for index in all.indices { all[index].suppression = decide(all[index]) }
        version &+= 1
    }

    /// What counts, worst first, each severity in the order in which it came.
    package var counted: [Finding] {
        all.filter { $0.suppression == nil }
            .sorted { $0.severity == $1.severity ? $0.id < $1.id : $0.severity > $1.severity }
    }
}
