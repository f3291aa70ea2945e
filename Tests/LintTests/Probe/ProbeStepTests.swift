import Connection
import Lint
import Testing
import Wire

/// Each step against servers that violate, comply, and give too little evidence.
struct ProbeStepTests {
    /// What a rule's verdict is when a probe is over.
    enum Verdict: Hashable {
        case finding(Severity, String)
        case pass, notApplicable, unjudged
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let rule: RuleCode
        let title: String
        let expected: Verdict
        var options = ProbeOptions()
        let change: @Sendable (inout MemoryServer.Traits) -> Void

        init(
            _ rule: RuleCode, _ title: String, _ expected: Verdict, options: ProbeOptions = ProbeOptions(),
            _ change: @escaping @Sendable (inout MemoryServer.Traits) -> Void = { _ in }
        ) {
            self.rule = rule
            self.title = title
            self.expected = expected
            self.options = options
            self.change = change
        }

        var testDescription: String { "\(rule) \(title)" }
    }

    static func probe(
        _ server: MemoryServer, _ options: ProbeOptions = ProbeOptions(), _ settings: LintSettings = LintSettings(),
        budget: ProbeBudget? = nil
    ) async throws -> (findings: Findings, lines: [String], session: ProbeSession) {
        let target = ProbeTarget(
            isTLS: false, host: "127.0.0.1", authority: "127.0.0.1:9001", target: "/chat?room=1", isLoopback: true)
        let session = ProbeSession(
            server, target, options, settings, budget: budget ?? ProbeBudget(isSlow: options.isSlow), random: Chance())
        var lines: [String] = []
        let findings = try await Prober(session).run { lines.append($0) }
        return (findings, lines, session)
    }

    static func verdict(of rule: RuleCode, _ findings: Findings) -> Verdict {
        if let finding = findings.all.first(where: { $0.rule == rule }) {
            return .finding(finding.severity, finding.message)
        }
        guard let tally = findings.tallies[rule] else { return .unjudged }
        return tally.passed > 0 ? .pass : .notApplicable
    }

    @Test(arguments: cases)
    func rulesAreJudgedByWhatTheServerDoes(_ item: Case) async throws {
        var settings = LintSettings()
        settings.selected = [item.rule]
        let (findings, _, _) = try await Self.probe(MemoryServer(item.change), item.options, settings)
        #expect(Self.verdict(of: item.rule, findings) == item.expected)
    }

    @Test func aGoodServerPasses() async throws {
        let server = MemoryServer(ProbeStepTests.harden)
        let (findings, lines, session) = try await Self.probe(server, Self.credentials)
        #expect(findings.all.map { "\($0.rule) \($0.message)" } == [])
        #expect(lines.last?.hasPrefix("used: ") == true)
        #expect(session.finalUse.open == 0)
        #expect(server.openLines.isEmpty)
    }

    @Test func everyProbeRuleIsJudgedByAStep() {
        let stepped = Set(AllProbeSteps.list.flatMap(\.rules)).union(["S05"])
        let promised = AllRules.list.map { $0.page }.filter { $0.ways.contains(.probe) }.map(\.code)
        #expect(Set(promised).subtracting(stepped) == [])
        #expect(stepped.subtracting(promised) == [])
    }

    /// Repeatable.
    struct Chance: RandomNumberGenerator {
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}
