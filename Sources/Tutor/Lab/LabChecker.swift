package import Connection
import Wire

/// How a check stands.
package struct CheckResult: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case met
        /// Not yet.
        case open
        /// It can no longer be met: the lab has to be begun anew.
        case broken
    }

    /// Where to look: a connection, and a frame of it.
    package struct Pointer: Hashable, Sendable {
        package let connection: ConnectionID
        package let name: String
        package let frame: UInt64?
    }

    package let check: LabCheck
    package let state: State
    /// The first thing that differs, field by field; nil where it is met.
    package let difference: String?
    package let pointer: Pointer?

    package init(check: LabCheck, state: State, difference: String?, pointer: Pointer?) {
        self.check = check
        self.state = state
        self.difference = difference
        self.pointer = pointer
    }
}

/// All checks of a lab, at one moment.
package struct CheckReport: Hashable, Sendable {
    package let results: [CheckResult]

    package init(results: [CheckResult]) { self.results = results }

    package var isPassed: Bool { results.allSatisfy { $0.state == .met } }
    /// What to tell: the first that is broken, else the first that is open.
    package var first: CheckResult? {
        results.first { $0.state == .broken } ?? results.first { $0.state == .open }
    }
    package var isBroken: Bool { results.contains { $0.state == .broken } }
}

/// Looks at a log with a lab's assertions.
package struct LabChecker: Sendable {
    private let checks: [LabCheck]
    /// Whether the questions of the step were answered rightly.
    private let answers: [String: Bool]
    /// Figures that the learner answered.
    private let figures: [String: Double]

    package init(_ checks: [LabCheck], answers: [String: Bool] = [:], figures: [String: Double] = [:]) {
        self.checks = checks
        self.answers = answers
        self.figures = figures
    }

    package func report(_ log: LabLog.Snapshot) -> CheckReport {
        CheckReport(results: checks.map { result($0, log) })
    }

    /// What a figure is now; nil where the log does not give one yet.
    package func value(_ number: NumberExpression, _ log: LabLog.Snapshot) -> Double? {
        figure(number, log).map { $0 * number.factor }
    }

    private func result(_ check: LabCheck, _ log: LabLog.Snapshot) -> CheckResult {
        let finding = find(check.assertion, log)
        let pointer = finding.event.map {
            CheckResult.Pointer(connection: $0.connection, name: $0.name, frame: $0.frame)
        }
        return CheckResult(check: check, state: finding.state, difference: finding.difference, pointer: pointer)
    }

    private struct Finding {
        let state: CheckResult.State
        var difference: String?
        var event: LabEvent?
    }

    private func find(_ assertion: Assertion, _ log: LabLog.Snapshot) -> Finding {
        let events = log.events
        switch assertion {
        case .seen(let pattern): return seen(pattern, events)
        case .never(let pattern): return never(pattern, events)
        case .before(let one, let other): return before(one, other, events)
        case .inOrder(let patterns): return inOrder(patterns, events)
        case .within(let one, let milliseconds, let other): return within(one, milliseconds, other, events)
        case .figures(let left, let comparison, let right, let tolerance):
            return figures(left, comparison, right, tolerance, log)
        case .answered(let id):
            return answers[id] == true
                ? Finding(state: .met) : Finding(state: .open, difference: "the question is not answered rightly yet")
        }
    }
}

// MARK: - Events

extension LabChecker {
    private func seen(_ pattern: EventPattern, _ events: [LabEvent]) -> Finding {
        if let event = events.first(where: pattern.matches) { return Finding(state: .met, event: event) }
        return LabChecker.nearest(pattern, events)
    }

    /// What comes closest to the pattern, and what is different about it.
    private static func nearest(_ pattern: EventPattern, _ events: [LabEvent]) -> Finding {
        let candidates = events.filter(pattern.isAbout)
        // Of those that differ least, the newest.
        let nearest = candidates.map { (event: $0, differences: pattern.differences(in: $0)) }
            .reversed().min { $0.differences.count < $1.differences.count }
        if let nearest, let first = nearest.differences.first {
            return Finding(state: .open, difference: place(of: nearest.event) + first, event: nearest.event)
        }
        let other = events.last { $0.isA(pattern.what) && $0.side != pattern.side && pattern.side != nil }
        let elsewhere = other.map { _ in "; there is one of the other side" } ?? ""
        return Finding(state: .open, difference: "no \(pattern.phrase) yet\(elsewhere)", event: other)
    }

    private static func place(of event: LabEvent) -> String {
        event.frame.map { "frame \($0) of \(event.name): " } ?? "on \(event.name): "
    }

    private func never(_ pattern: EventPattern, _ events: [LabEvent]) -> Finding {
        guard let event = events.first(where: pattern.matches) else { return Finding(state: .met) }
        let difference = LabChecker.place(of: event) + "there is a \(pattern.phrase), and none should be"
        return Finding(state: .broken, difference: difference, event: event)
    }

    private func before(_ one: EventPattern, _ other: EventPattern, _ events: [LabEvent]) -> Finding {
        guard let first = events.firstIndex(where: one.matches) else {
            let finding = LabChecker.nearest(one, events)
            guard let second = events.first(where: other.matches) else { return finding }
            return Finding(
                state: .broken, difference: "the \(other.phrase) came, and no \(one.phrase) before it", event: second)
        }
        guard let second = events.firstIndex(where: other.matches) else { return LabChecker.nearest(other, events) }
        return first < second
            ? Finding(state: .met, event: events[first])
            : Finding(
                state: .broken, difference: "the \(other.phrase) came before the \(one.phrase)", event: events[second])
    }

    private func inOrder(_ patterns: [EventPattern], _ events: [LabEvent]) -> Finding {
        var rest = events[...]
        var last: LabEvent?
        for pattern in patterns {
            guard let index = rest.firstIndex(where: pattern.matches) else {
                let nearest = LabChecker.nearest(pattern, Array(rest))
                let behind = last.map { _ in " behind the one before" } ?? ""
                return Finding(
                    state: .open, difference: (nearest.difference ?? "no \(pattern.phrase) yet") + behind,
                    event: nearest.event ?? last)
            }
            last = rest[index]
            rest = rest[(index + 1)...]
        }
        return Finding(state: .met, event: last)
    }

    private func within(
        _ one: EventPattern, _ milliseconds: Double, _ other: EventPattern, _ events: [LabEvent]
    ) -> Finding {
        var best: (delay: Double, event: LabEvent)?
        for (index, start) in events.enumerated() where other.matches(start) {
            guard let event = events[(index + 1)...].first(where: one.matches) else { continue }
            let delay = Double(event.time.since(start.time)) / 1_000_000
            if best == nil || delay < best?.delay ?? 0 { best = (delay, event) }
        }
        guard let best else {
            let missing = events.contains(where: other.matches) ? one : other
            return LabChecker.nearest(missing, events)
        }
        if best.delay <= milliseconds { return Finding(state: .met, event: best.event) }
        return Finding(
            state: .open,
            difference: "the \(one.phrase) came after \(Figure.text(best.delay)) ms, expected within "
                + "\(Figure.text(milliseconds)) ms", event: best.event)
    }
}

// MARK: - Figures

extension LabChecker {
    private func figures(
        _ left: NumberExpression, _ comparison: EventPattern.Comparison, _ right: NumberExpression,
        _ tolerance: Double, _ log: LabLog.Snapshot
    ) -> Finding {
        guard let one = value(left, log) else { return missing(left, log) }
        guard let other = value(right, log) else { return missing(right, log) }
        let isMet =
            comparison == .equal ? abs(one - other) <= abs(other) * tolerance : comparison.holds(one, other)
        if isMet { return Finding(state: .met) }
        let wanted =
            switch right.kind {
            case .constant: Figure.text(other)
            case .count, .bytes, .traffic, .delay, .aggregate, .answer: "\(Figure.text(other)), which is \(right)"
            }
        let words = tolerance > 0 ? "about \(wanted)" : "\(comparison.rawValue) \(wanted)"
        return Finding(
            state: isOver(left, comparison, one, right, other) ? .broken : .open,
            difference: "\(left) is \(Figure.text(one)), expected \(words)",
            event: left.patterns.first.flatMap { pattern in log.events.last(where: pattern.matches) })
    }

    /// What only grows and is too large already will not become right.
    private func isOver(
        _ left: NumberExpression, _ comparison: EventPattern.Comparison, _ one: Double, _ right: NumberExpression,
        _ other: Double
    ) -> Bool {
        guard case .constant = right.kind else { return false }
        return switch (left.kind, comparison) {
        case (.count, .equal), (.bytes, .equal), (.traffic, .equal): one > other
        case (.count, .less), (.count, .atMost), (.bytes, .less), (.bytes, .atMost), (.traffic, .less),
            (.traffic, .atMost), (.delay, .less), (.delay, .atMost):
            true
        default: false
        }
    }

    private func missing(_ number: NumberExpression, _ log: LabLog.Snapshot) -> Finding {
        if case .answer = number.kind { return Finding(state: .open, difference: "the question is not answered yet") }
        let pattern = number.patterns.first { pattern in !log.events.contains(where: pattern.matches) }
        return pattern.map { LabChecker.nearest($0, log.events) }
            ?? Finding(state: .open, difference: "there is nothing to measure yet: \(number)")
    }

    private func figure(_ number: NumberExpression, _ log: LabLog.Snapshot) -> Double? {
        switch number.kind {
        case .constant(let constant): return constant
        case .count(let pattern): return Double(log.events.count(where: pattern.matches))
        case .bytes(let pattern):
            return Double(log.events.lazy.filter(pattern.matches).reduce(0) { $0 + $1.wireBytes })
        case .traffic(let side, let name):
            let sides = side.map { [$0] } ?? Side.allCases
            let chosen = log.traffic.filter { name == nil || $0.key == name }.values
            return Double(chosen.reduce(0) { sum, both in sum + sides.reduce(0) { $0 + both[$1] } })
        case .delay(let from, let to):
            guard let start = log.events.firstIndex(where: from.matches),
                let end = log.events[start...].dropFirst().first(where: to.matches)
            else { return nil }
            return Double(end.time.since(log.events[start].time)) / 1_000_000
        case .aggregate(let aggregate, let field, let pattern): return self.aggregate(aggregate, field, pattern, log)
        case .answer(let id): return figures[id]
        }
    }

    private func aggregate(
        _ aggregate: NumberExpression.Aggregate, _ field: String, _ pattern: EventPattern, _ log: LabLog.Snapshot
    ) -> Double? {
        let numbers = log.events.lazy.filter(pattern.matches).compactMap { event -> Double? in
            if case .number(let number)? = event.value(of: field) { number } else { nil }
        }.sorted()
        guard !numbers.isEmpty else { return nil }
        switch aggregate {
        case .sum: return numbers.reduce(0, +)
        case .min: return numbers[0]
        case .max: return numbers[numbers.count - 1]
        case .median:
            let middle = numbers.count / 2
            return numbers.count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2
        }
    }
}
