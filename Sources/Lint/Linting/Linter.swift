package import Connection
import Synchronization

/// Judges the events of recorded or live traffic by every rule that can.
///
/// Fed by an observer on one thread; `findings` may be read by others at any time. What it holds is bounded by the
/// connections that are open, and by `Findings.limit`.
package final class Linter: EventSink, Sendable {
    private let state: Mutex<LinterState>

    package init(
        _ settings: LintSettings = LintSettings(), rules: [any LintRule.Type] = AllRules.list
    ) {
        state = Mutex(LinterState(settings, rules))
    }

    package func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        state.withLock { $0.receive(event, payload) }
    }

    /// Lets the rules see that time passes while nothing happens.
    package func pass(to now: Timestamp) {
        state.withLock { $0.pass(to: now) }
    }

    /// The recording is over, and every connection of it was told as closed. Asks the rules about the whole.
    package func finish() {
        state.withLock { $0.finish() }
    }

    package var findings: Findings { state.withLock { $0.report.findings } }

    /// Grows with every change of `findings`.
    package var version: Int { state.withLock { $0.report.findings.version } }
}

/// What a linter guards with its lock.
struct LinterState {
    private let settings: LintSettings
    private let connectionRules: [any ConnectionRule.Type]
    private var recordingRules: [RecordingRuleAtWork] = []
    private var table = KindTable()
    private var recordingTable = KindTable()
    private var cases: [ConnectionID: ConnectionCase] = [:]
    /// The one that had the last event: most often the next is its, too.
    private var recent: ConnectionCase?
    /// By the number of the endpoint in the settings, each connection rule's settings; nil for a rule that is off.
    private var prepared: [Int?: [RuleSettings?]] = [:]
    var report: Report

    init(_ settings: LintSettings, _ rules: [any LintRule.Type]) {
        self.settings = settings
        report = Report(settings: settings)
        let on = rules.filter { settings.isOn($0.page) }
        connectionRules = on.compactMap { $0 as? any ConnectionRule.Type }
        for (index, rule) in connectionRules.enumerated() { table.add(index, watches: rule.watches) }
        for case let rule as any RecordingRule.Type in on {
            let page = rule.page
            recordingTable.add(recordingRules.count, watches: rule.watches)
            recordingRules.append(rule.working(page, settings.prepared(for: page)))
        }
    }

    mutating func receive(_ event: borrowing Event, _ payload: Span<UInt8>) {
        guard let current = connectionCase(for: event) else { return }
        current.connection.follow(event)
        guard let kind = KindTable.Kind(event) else { return }
        if !current.isJudged, kind.makesCase { begin(current) }
        show(event, payload, to: kind, current)
        if kind == .frame, event.hasViolations { show(event, payload, to: .violation, current) }
        if kind == .closed {
            current.conclude(&report)
            cases[event.connection] = nil
            recent = nil
        }
    }

    private mutating func show(
        _ event: borrowing Event, _ payload: Span<UInt8>, to kind: KindTable.Kind, _ current: ConnectionCase
    ) {
        current.see(event, payload, table[kind], &report)
        for number in recordingTable[kind] {
            report.ask(recordingRules[number])
            recordingRules[number].see(event, payload, on: current.connection, &report)
        }
    }

    private mutating func connectionCase(for event: borrowing Event) -> ConnectionCase? {
        if let recent, recent.connection.id == event.connection { return recent }
        if let known = cases[event.connection] {
            recent = known
            return known
        }
        switch event.kind {
        // After the end, as TCP allows.
        case .fin, .reset: return nil
        case .opened, .head, .established, .frame, .message, .guessed, .undecoded, .hole, .effect, .closing, .closed:
            let new = ConnectionCase(LintedConnection(event.connection, at: event.time))
            cases[event.connection] = new
            recent = new
            return new
        }
    }

    private mutating func begin(_ current: ConnectionCase) {
        let path = current.connection.path
        let endpoint = settings.endpointNumber(at: path)
        let own =
            prepared[endpoint]
            ?? connectionRules.map { rule in
                let page = rule.page
                return settings.isOn(page, at: path) ? settings.settings(for: page, at: path) : nil
            }
        prepared[endpoint] = own
        current.begin(zip(connectionRules, own).map { rule, settings in settings.map { rule.working(rule.page, $0) } })
        report.findings.look(at: path)
    }

    mutating func pass(to now: Timestamp) {
        for current in cases.values { current.pass(to: now, table[.time], &report) }
        for number in recordingTable[.time] {
            report.ask(recordingRules[number])
            recordingRules[number].pass(to: now, &report)
        }
    }

    mutating func finish() {
        for current in cases.values.sorted(by: { $0.connection.id < $1.connection.id }) { current.conclude(&report) }
        cases = [:]
        recent = nil
        for rule in recordingRules {
            report.ask(rule)
            report.tally(rule.conclude(&report))
        }
    }
}

extension Event {
    fileprivate var hasViolations: Bool {
        if case .frame(let frame) = kind { !frame.violations.isEmpty } else { false }
    }
}
