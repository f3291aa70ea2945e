import Connection

/// A connection and the rules that judge it, while it lasts.
final class ConnectionCase {
    let connection: LintedConnection
    /// One a rule, nil where it is off at this endpoint; empty until there is something to judge.
    private var rules: [ConnectionRuleAtWork?] = []
    /// The same, for the path of every event: nothing is counted there.
    private var unretained: [Unmanaged<RuleAtWork>?] = []
    private(set) var isJudged = false

    init(_ connection: LintedConnection) { self.connection = connection }

    func begin(_ rules: [ConnectionRuleAtWork?]) {
        isJudged = true
        self.rules = rules
        unretained = rules.map { $0.map { Unmanaged.passUnretained($0) } }
    }

    /// - Parameter watching: The numbers of the rules that are to see it.
    func see(_ event: borrowing Event, _ payload: Span<UInt8>, _ watching: [Int], _ report: inout Report) {
        guard !unretained.isEmpty else { return }
        for number in watching {
            guard let rule = unretained[number] else { continue }
            report.asked = rule
            rule._withUnsafeGuaranteedRef { $0.see(event, payload, on: connection, &report) }
        }
    }

    func pass(to now: Timestamp, _ watching: [Int], _ report: inout Report) {
        guard !rules.isEmpty else { return }
        for number in watching {
            guard let rule = rules[number] else { continue }
            report.ask(rule)
            rule.pass(to: now, on: connection, &report)
        }
    }

    func conclude(_ report: inout Report) {
        for case let rule? in rules {
            report.ask(rule)
            report.tally(rule.conclude(on: connection, &report))
        }
        report.asked = nil
    }
}
