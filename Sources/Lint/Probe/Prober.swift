import Connection

/// Probes a server: its steps one after the other, each between two looks at the server's health, and what they found
/// in the shape of all findings.
package struct Prober {
    private let session: ProbeSession
    private let steps: [any ProbeStep]
    private var findings = Findings()
    private var outcomes: [ProbeOutcome] = []

    /// - Parameter steps: Nil for all, in their order.
    package init(_ session: ProbeSession, steps: [any ProbeStep]? = nil) {
        self.session = session
        self.steps = steps ?? AllProbeSteps.list
    }

    /// - Parameter progress: Takes a line for a person.
    /// - Throws: `ProbeStop.unfit`, where there is nothing to probe.
    /// - Returns: What was found, also where the server did not let the probe come to its end.
    package consuming func run(progress: (String) -> Void) async throws -> Findings {
        progress("probing \(session.target.url): \(session.budget)")
        if let why = try await runSteps(progress) { progress("stopped: \(why)") }
        if let open = LoopbackOpen.judge(outcomes, isLoopback: session.target.isLoopback) { take(open, "loopback") }
        await session.end()
        progress("used: \(session.finalUse)")
        return findings
    }

    /// - Returns: Why it stopped before the last step.
    private mutating func runSteps(_ progress: (String) -> Void) async throws -> String? {
        let wanted = steps.filter { step in step.rules.contains { session.isOn($0) } }
        for (index, step) in wanted.enumerated() {
            progress("step \(index + 1) of \(wanted.count): \(step.name)")
            do {
                try await run(step)
            } catch ProbeStop.budget(let why) {
                skip([step], why)
            } catch ProbeStop.refused(let why) {
                skip(wanted[(index + 1)...], "the server refused further clients")
                return "after \(step.name): \(why); the server defends itself, or has no room left"
            } catch ProbeStop.harmed(let why) {
                blame(step, why)
                skip(wanted[(index + 1)...], "the server was harmed before")
                return "after \(step.name) the server does not serve a new client: \(why)"
            }
        }
        return nil
    }

    private mutating func run(_ step: any ProbeStep) async throws {
        try session.begin(step.cost)
        findings.look(at: session.target.path)
        for outcome in try await step.run(session) { take(outcome, step.name) }
        try await session.check()
    }

    private mutating func skip(_ steps: some Sequence<any ProbeStep>, _ why: String) {
        for step in steps {
            let judged = Set(outcomes.map(\.rule))
            for rule in step.rules where !judged.contains(rule) { take(.notApplicable(rule, why), step.name) }
        }
    }

    /// The server did not survive.
    private mutating func blame(_ step: any ProbeStep, _ why: String) {
        guard let rule = step.rules.first(where: { session.isOn($0) }) else { return }
        take(
            .finding(
                rule, "after \(step.name) the server does not serve a new client: \(why)", subject: "harm",
                severity: .error),
            step.name)
    }

    private mutating func take(_ outcome: ProbeOutcome, _ step: String) {
        outcomes.append(outcome)
        guard session.isOn(outcome.rule), let page = AllRules.rule(outcome.rule)?.page else { return }
        switch outcome.kind {
        case .pass: findings.passed(page.code, .pass)
        case .notApplicable(let why): findings.passed(page.code, .notApplicable(why))
        case .finding(let finding): add(finding, page, step)
        }
    }

    private mutating func add(_ finding: ProbeFinding, _ page: RulePage, _ step: String) {
        let path = session.target.path
        findings.tally(page.code) { $0.failed += 1 }
        findings.add(
            page, session.settings.severity(of: page.code, at: path) ?? finding.severity ?? page.severity,
            finding.confidence ?? .high, finding.message,
            at: .probe(ProbePlace(url: session.target.url, step: step, exchange: finding.exchange)),
            fingerprint: Fingerprint([page.code.rawValue, path, finding.subject]))
    }
}

/// What the settings say.
extension ProbeSession {
    /// Whether the rule exists and is wanted here.
    func isOn(_ rule: RuleCode) -> Bool {
        guard let page = AllRules.rule(rule)?.page else { return false }
        return settings.isOn(page, at: target.path)
    }

    private func settings(for rule: RuleCode, _ threshold: String) -> RuleSettings? {
        guard let page = AllRules.rule(rule)?.page, page.thresholds.contains(where: { $0.name == threshold }) else {
            return nil
        }
        return settings.settings(for: page, at: target.path)
    }

    /// What the endpoint's owner says of it.
    func traits(_ rule: RuleCode) -> EndpointTraits {
        AllRules.rule(rule).map { settings.settings(for: $0.page, at: target.path).traits } ?? settings.traits
    }

    /// A threshold of a rule's page in seconds.
    func seconds(_ rule: RuleCode, _ threshold: String, or standard: Double) -> Double {
        settings(for: rule, threshold).map { Double($0.duration(threshold)) / 1e9 } ?? standard
    }

    /// A threshold that is a count or a number of bytes.
    func count(_ rule: RuleCode, _ threshold: String, or standard: Int) -> Int {
        settings(for: rule, threshold).map { $0.count(threshold) } ?? standard
    }

    func ratio(_ rule: RuleCode, _ threshold: String, or standard: Double) -> Double {
        settings(for: rule, threshold).map { $0.ratio(threshold) } ?? standard
    }
}
