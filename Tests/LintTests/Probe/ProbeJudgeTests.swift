import Connection
import Lint
import Testing
import Wire

/// What the answers of a server mean, without a server.
struct ProbeJudgeTests {
    private static func kind(_ outcome: ProbeOutcome?) -> String {
        switch outcome?.kind {
        case .finding(let finding): "\(finding.severity?.rawValue ?? "as the page says"): \(finding.subject)"
        case .pass: "pass"
        case .notApplicable: "not applicable"
        case nil: "nothing"
        }
    }

    @Test func aToleratedViolationIsOneFinding() throws {
        let unmasked = try #require(ViolationCase.all.first)
        let both = ViolationJudge.judge(unmasked, .pong(1_000_000), isF12On: true, [])
        #expect(both.map(\.rule) == ["F12"])
        let alone = ViolationJudge.judge(unmasked, .pong(1_000_000), isF12On: false, [])
        #expect(alone.map(\.rule) == ["F01"])
        let silent = ViolationJudge.judge(unmasked, .silence, isF12On: true, [])
        #expect(Self.kind(silent.first) == "warning: an unmasked frame")
    }

    @Test(
        arguments: [
            (1002, "pass"), (1003, "pass"), (1007, "pass"), (1009, "pass"), (4001, "pass"),
            (1000, "as the page says: 1000"), (1001, "as the page says: 1001"), (1011, "as the page says: 1011"),
            (1006, "as the page says: 1006"), (999, "as the page says: 999"),
        ] as [(UInt16, String)])
    func codesThatNameNoFaultAreWrong(_ code: UInt16, _ expected: String) {
        let payload = ClosePayload(StatusCode(rawValue: code))
        let outcome = CloseCodeJudge.judge(payload, after: "a fault", expected: .protocolError, [])
        #expect(Self.kind(outcome) == expected)
    }

    @Test func aCloseWithoutACodeNamesNoFault() {
        let outcome = CloseCodeJudge.judge(.empty, after: "a fault", expected: .protocolError, [])
        #expect(Self.kind(outcome) == "as the page says: none")
    }

    @Test(
        arguments: [
            (.status(1005, reason: []), "finding"), (.status(1000, reason: []), "finding"), (.empty, "finding"),
            (.status(1002, reason: []), "pass"), (.status(1007, reason: []), "pass"),
        ] as [(ClosePayload, String)])
    func badClosesAreToleratedWhereTheAnswerSaysAllIsWell(_ answer: ClosePayload, _ expected: String) {
        let outcomes = BadCloseJudge.judge(.close(answer), to: .status(1005, reason: []), [])
        #expect(outcomes.first { $0.rule == "C03" }?.isFinding == (expected == "finding"))
    }

    @Test func originsOfANameHaveAllVariants() {
        let variants = OriginVariant.all(of: "https://app.example:8443").map(\.origin)
        #expect(
            variants == [
                "null", "https://app.example.evil.example:8443", "https://app.example`.evil.example:8443",
                "https://appAexample:8443", "https://test.app.example:8443", "http://app.example:8443",
            ])
    }

    /// Subdomains of localhost and both of its schemes are this machine, too.
    @Test func originsOfThisMachineHaveFewer() {
        #expect(
            OriginVariant.all(of: "http://localhost:3000").map(\.origin)
                == ["null", "http://localhost.evil.example:3000", "http://localhost`.evil.example:3000"])
        #expect(OriginVariant.all(of: "http://127.0.0.1").map(\.name) == ["null", "suffix", "backquote", "dot"])
        #expect(OriginVariant.all(of: nil).map(\.origin) == ["null"])
        #expect(OriginVariant.all(of: "nonsense").map(\.origin) == ["null"])
        #expect(OriginVariant.all(of: "http://[::1]:80").map(\.origin) == ["null"])
    }

    private static func load(_ change: (inout SlowReaderJudge.Load) -> Void) -> ProbeOutcome {
        var load = SlowReaderJudge.Load(total: 8 << 20)
        load.sent = 8 << 20
        load.delivered = 8 << 20
        load.unsent = 2 << 20
        change(&load)
        return SlowReaderJudge.judge(load, limit: 4 << 20, [])
    }

    @Test func whatWaitsInTheServerIsToldFromWhatWaitsInTheSystem() {
        #expect(Self.load { _ in }.isFinding)
        #expect(Self.kind(Self.load { $0.unsent = 4 << 20 }) == "not applicable")
        #expect(Self.kind(Self.load { $0.unsent = nil }) == "not applicable")
        #expect(Self.kind(Self.load { $0.unread = 1 << 20 }) == "pass")
        #expect(Self.kind(Self.load { $0.delivered = 1 << 20 }) == "pass")
        #expect(Self.kind(Self.load { $0.isEnded = true }) == "pass")
        #expect(Self.kind(Self.load { $0.isPaused = true }) == "pass")
    }

    @Test(
        arguments: [
            (10, 20, "pass"), (90, 260, "pass"), (80, 260, "finding"), (240, 900, "finding"), (400, 900, "pass"),
        ] as [(Int64, Int64, String)])
    func parsersThatGoBackAndForthAreSlowAndSlower(_ short: Int64, _ long: Int64, _ expected: String) {
        let outcome = HeaderCostJudge.judge(
            short: short * 1_000_000, long: long * 1_000_000, field: "X", growth: 3, slow: 250_000_000, [])
        #expect(outcome.isFinding == (expected == "finding"))
    }

    @Test(
        arguments: [
            (16 << 20 + 1, .silence, "error: size"), (1 << 20 + 1, .close(.empty), "warning: size"),
            (64 << 10, .close(ClosePayload(1009)), "pass"), (64 << 10, .ended(.reset), "pass"),
            (0, .close(ClosePayload(1009)), "pass"), (0, .close(ClosePayload(1008)), "not applicable"),
            (0, .ended(.fin), "not applicable"), (0, .silence, "not applicable"), (64 << 10, .silence, "pass"),
        ] as [(Int, Reply, String)])
    func theLongestMessageTakenIsJudged(_ taken: Int, _ last: Reply, _ expected: String) {
        let limits = MessageSizeJudge.Limits(warning: 1 << 20, error: 16 << 20)
        #expect(Self.kind(MessageSizeJudge.judge(taken: taken, last, limits, []).first) == expected)
    }

    @Test func throttlingIsALimit() {
        var burst = RateJudge.Burst(messages: 200)
        burst.before = 2_000_000
        burst.last = .pong(1_500_000_000)
        #expect(Self.kind(RateJudge.judge(burst, factor: 2, [])) == "pass")
        burst.last = .pong(900_000_000)
        #expect(RateJudge.judge(burst, factor: 2, []).isFinding)
        burst.isTold = true
        #expect(Self.kind(RateJudge.judge(burst, factor: 2, [])) == "pass")
    }

    @Test(
        arguments: [
            (.silence, 70, 65, "as the page says: "), (.silence, 30, 30, "not applicable"),
            (.ended(.fin), 50, 50, "not applicable"),
        ] as [(Heard, Int64, Int64, String)])
    func onlyALongSilenceIsOne(_ heard: Heard, _ age: Int64, _ longest: Int64, _ expected: String) {
        let outcome = SilenceJudge.judge(heard, longest: longest * 1_000_000_000, gap: 45_000_000_000, [])
        #expect(Self.kind(outcome) == expected)
    }

    @Test func slowPongsAreJudgedBesideTheUsualOnes() {
        let limits = SlowPongJudge.Limits(warning: 1_000_000_000, error: 5_000_000_000, factor: 5)
        func judge(_ seconds: [Double], median: Double = 0.001) -> String {
            let times = seconds.map { Int64($0 * 1e9) }
            return Self.kind(SlowPongJudge.judge(times, median: Int64(median * 1e9), while: "x", limits, []))
        }
        #expect(judge([0.01, 0.01, 0.9]) == "pass")
        #expect(judge([0.01, 0.01, 2]) == "warning: ")
        #expect(judge([6, 6, 6]) == "error: ")
        #expect(judge([2, 2, 2], median: 0.5) == "pass")
        #expect(judge([]) == "not applicable")
    }
}
