import Connection

/// A rule while it judges, and what it has found. Behind a reference, so that an event reaches the rule where it lies:
/// rules that are values of a protocol in an array would be checked for copies with every event.
class RuleAtWork {
    let page: RulePage
    /// It judges all connections together.
    let isOfRecording: Bool
    final var hasFindings = false
    /// By subject; of a rule about the whole recording, nothing: it finds things in any number of connections.
    final var known: [(subject: String, id: Finding.ID?)] = []

    fileprivate init(_ page: RulePage, isOfRecording: Bool) {
        self.page = page
        self.isOfRecording = isOfRecording
    }

    func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        preconditionFailure("a rule sees by itself")
    }
}

/// A rule while it judges one connection.
class ConnectionRuleAtWork: RuleAtWork {
    func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {}
    func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        preconditionFailure("a rule concludes by itself")
    }
}

/// A rule while it judges a recording.
class RecordingRuleAtWork: RuleAtWork {
    func pass(to now: Timestamp, _ report: inout Report) {}
    func conclude(_ report: inout Report) -> Verdict { preconditionFailure("a rule concludes by itself") }
}

extension ConnectionRule {
    static func working(_ page: RulePage, _ settings: RuleSettings) -> ConnectionRuleAtWork {
        JudgingConnection(page, Self(settings))
    }
}

extension RecordingRule {
    static func working(
        _ page: RulePage, _ settings: @escaping @Sendable (_ path: String) -> RuleSettings
    ) -> RecordingRuleAtWork {
        JudgingRecording(page, Self(settings))
    }
}

/// The rule itself lies in memory of its own, which only the methods here touch, one at a time: in a property, each
/// call would be checked for others under way.
private final class JudgingConnection<Rule: ConnectionRule>: ConnectionRuleAtWork {
    private let rule: UnsafeMutablePointer<Rule>

    init(_ page: RulePage, _ rule: Rule) {
        self.rule = .allocate(capacity: 1)
        self.rule.initialize(to: rule)
        super.init(page, isOfRecording: false)
    }

    deinit {
        rule.deinitialize(count: 1)
        rule.deallocate()
    }

    override func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        rule.pointee.see(event, payload, on: connection, &report)
    }

    override func pass(to now: Timestamp, on connection: LintedConnection, _ report: inout Report) {
        rule.pointee.pass(to: now, on: connection, &report)
    }

    override func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        rule.pointee.conclude(on: connection, &report)
    }
}

/// As `JudgingConnection`.
private final class JudgingRecording<Rule: RecordingRule>: RecordingRuleAtWork {
    private let rule: UnsafeMutablePointer<Rule>

    init(_ page: RulePage, _ rule: Rule) {
        self.rule = .allocate(capacity: 1)
        self.rule.initialize(to: rule)
        super.init(page, isOfRecording: true)
    }

    deinit {
        rule.deinitialize(count: 1)
        rule.deallocate()
    }

    override func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        rule.pointee.see(event, payload, on: connection, &report)
    }

    override func pass(to now: Timestamp, _ report: inout Report) { rule.pointee.pass(to: now, &report) }

    override func conclude(_ report: inout Report) -> Verdict { rule.pointee.conclude(&report) }
}
