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
    private var recordingRules: [RecordingCase] = []
    private var table = KindTable()
    private var recordingTable = KindTable()
    private var cases: [ConnectionID: ConnectionCase] = [:]
    /// The one that had the last event: most often the next is its, too.
    private var recent: ConnectionCase?
    var report: Report

    private struct RecordingCase {
        var rule: any RecordingRule
        let page: RulePage
        var hasFindings = false
    }

    init(_ settings: LintSettings, _ rules: [any LintRule.Type]) {
        self.settings = settings
        report = Report(settings: settings)
        let on = rules.filter { settings.isOn($0.page) }
        connectionRules = on.compactMap { $0 as? any ConnectionRule.Type }
        for (index, rule) in connectionRules.enumerated() { table.add(index, watches: rule.watches) }
        for case let rule as any RecordingRule.Type in on {
            let page = rule.page
            recordingTable.add(recordingRules.count, watches: rule.watches)
            recordingRules.append(
                RecordingCase(rule: rule.init { path in settings.settings(for: page, at: path) }, page: page))
        }
    }

    mutating func receive(_ event: borrowing Event, _ payload: Span<UInt8>) {
        guard let current = connectionCase(for: event) else { return }
        current.connection.follow(event)
        guard let kind = KindTable.Kind(event.kind) else { return }
        if !current.isJudged, kind.makesCase {
            current.begin(connectionRules, settings)
            report.findings.look(at: current.connection.path)
        }
        if !current.entries.isEmpty {
            for index in table[kind] { current.see(event, payload, index, &report) }
        }
        for index in recordingTable[kind] { see(event, payload, current.connection, index) }
        if kind == .frame, event.kind.hasViolations {
            for index in table[.violation] { current.see(event, payload, index, &report) }
            for index in recordingTable[.violation] { see(event, payload, current.connection, index) }
        }
        if kind == .closed {
            conclude(current)
            cases[event.connection] = nil
            recent = nil
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

    private mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, _ connection: LintedConnection, _ index: Int
    ) {
        enter(index)
        recordingRules[index].rule.see(event, payload, on: connection, &report)
        leave(index)
    }

    private mutating func enter(_ index: Int) {
        report.page = recordingRules[index].page
        report.isOfRecording = true
        report.hasRecordingFindings = recordingRules[index].hasFindings
    }

    private mutating func leave(_ index: Int) {
        recordingRules[index].hasFindings = report.hasRecordingFindings
        report.isOfRecording = false
    }

    mutating func pass(to now: Timestamp) {
        let waiting = table[.time]
        if !waiting.isEmpty {
            for current in cases.values where !current.entries.isEmpty {
                for index in waiting { current.pass(to: now, index, &report) }
            }
        }
        for index in recordingTable[.time] {
            enter(index)
            recordingRules[index].rule.pass(to: now, &report)
            leave(index)
        }
    }

    mutating func finish() {
        for current in cases.values.sorted(by: { $0.connection.id < $1.connection.id }) { conclude(current) }
        cases = [:]
        recent = nil
        for index in recordingRules.indices {
            enter(index)
            let verdict = recordingRules[index].rule.conclude(&report)
            tally(verdict)
            leave(index)
        }
    }

    private mutating func conclude(_ current: ConnectionCase) {
        for index in current.entries.indices {
            let verdict = current.conclude(index, &report)
            tally(verdict)
        }
    }

    /// - Parameter verdict: Of the rule that `report` was last about; nil where it is off at this endpoint.
    private mutating func tally(_ verdict: Verdict?) {
        guard let verdict, let code = report.page?.code else { return }
        if report.hasFindings {
            report.findings.tally(code) { $0.failed += 1 }
        } else {
            report.findings.passed(code, verdict)
        }
    }
}

/// The rules of one connection while it lasts.
private final class ConnectionCase {
    struct Entry {
        var rule: any ConnectionRule
        let page: RulePage
        let isOn: Bool
        var known: [(subject: String, id: Finding.ID?)] = []
    }

    let connection: LintedConnection
    /// One a rule; empty until there is something to judge.
    private(set) var entries: [Entry] = []
    private(set) var isJudged = false

    init(_ connection: LintedConnection) { self.connection = connection }

    func begin(_ rules: [any ConnectionRule.Type], _ settings: LintSettings) {
        isJudged = true
        entries = rules.map { rule in
            let page = rule.page
            return Entry(
                rule: rule.init(settings.settings(for: page, at: connection.path)), page: page,
                isOn: settings.isOn(page, at: connection.path))
        }
    }

    func see(_ event: borrowing Event, _ payload: Span<UInt8>, _ index: Int, _ report: inout Report) {
        guard entries[index].isOn else { return }
        enter(index, &report)
        entries[index].rule.see(event, payload, on: connection, &report)
        swap(&report.known, &entries[index].known)
    }

    func pass(to now: Timestamp, _ index: Int, _ report: inout Report) {
        guard entries[index].isOn else { return }
        enter(index, &report)
        entries[index].rule.pass(to: now, on: connection, &report)
        swap(&report.known, &entries[index].known)
    }

    /// - Returns: nil where the rule is off here. What it found stays in `report.known`.
    func conclude(_ index: Int, _ report: inout Report) -> Verdict? {
        guard entries[index].isOn else { return nil }
        enter(index, &report)
        return entries[index].rule.conclude(on: connection, &report)
    }

    private func enter(_ index: Int, _ report: inout Report) {
        report.page = entries[index].page
        swap(&report.known, &entries[index].known)
    }
}

extension Event.Kind {
    fileprivate var hasViolations: Bool {
        if case .frame(let frame) = self { !frame.violations.isEmpty } else { false }
    }
}

/// For each kind of event, the rules that watch it.
private struct KindTable {
    enum Kind: Int, CaseIterable {
        case opened, head, established, frame, message, undecoded, hole, fin, reset, closing, closed, time, violation

        init?(_ kind: Event.Kind) {
            switch kind {
            case .opened: self = .opened
            case .head(let head): if head.isHandshake { self = .head } else { return nil }
            case .established: self = .established
            case .frame: self = .frame
            case .message: self = .message
            case .undecoded: self = .undecoded
            case .hole: self = .hole
            case .fin: self = .fin
            case .reset: self = .reset
            case .closing: self = .closing
            case .closed: self = .closed
            case .guessed, .effect: return nil
            }
        }

        /// From here on there is something to judge: a WebSocket connection, or the wish for one.
        var makesCase: Bool {
            switch self {
            case .head, .established, .frame: true
            case .opened, .message, .undecoded, .hole, .fin, .reset, .closing, .closed, .time, .violation: false
            }
        }
    }

    private var rules = [[Int]](repeating: [], count: Kind.allCases.count)

    subscript(kind: Kind) -> [Int] { rules[kind.rawValue] }

    mutating func add(_ rule: Int, watches: EventKinds) {
        for kind in Kind.allCases where watches.contains(EventKinds(rawValue: 1 << UInt16(kind.rawValue))) {
            rules[kind.rawValue].append(rule)
        }
    }
}
