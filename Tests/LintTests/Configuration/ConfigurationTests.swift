import Lint
import Testing

/// `ws101.yml`: what it may say, and how it is told what it may not.
struct ConfigurationTests {
    private static func read(_ text: String) throws -> Configuration {
        try ConfigurationReader.read(Array(text.utf8), file: "ws101.yml")
    }

    private static func complaint(_ text: String) -> String? {
        do {
            _ = try ConfigurationReader.read(Array(text.utf8), file: "ws101.yml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test func everyKeyIsUnderstood() throws {
        let configuration = try Self.read(
            """
            select: [L, S01, no-max-message]
            ignore: token-in-url
            pedantic: true
            fail-on: warning
            baseline: ws101-baseline.json
            profile: heroku
            tls-terminated: true
            rules:
              L01: { gap: 30s, severity: error }
              M01: { severity: note }
            endpoints:
              - path: /feed/*
                public: true
                ignore: [L02]
                idle-limit: 2min
                rules: { L01: { gap: 1min } }
            suppress:
              - { rule: S01, path: /health, reason: a probe of the balancer }
              - { rule: no-max-message, file: src/*, reason: the proxy limits }
              - { rule: F01, fingerprint: 0123456789abcdef, reason: an old client }
            """)
        let settings = configuration.settings()
        #expect(settings.selected.isSuperset(of: ["L01", "L02", "S01", "M01"]))
        #expect(!settings.selected.contains("F01") && settings.ignored == ["S02"] && settings.isPedantic)
        #expect(configuration.failOn?.severity == .warning)
        #expect(configuration.baseline == "ws101-baseline.json")
        #expect(settings.traits.idleLimit?.name == "heroku" && settings.traits.isTLSTerminated)
        #expect(settings.severity(of: "L01", at: nil) == .error && settings.severity(of: "M01", at: "/x") == .note)
        let page = try #require(AllRules.rule("L01")).page
        #expect(settings.settings(for: page, at: "/chat").duration("gap") == 30_000_000_000)
        let feed = settings.settings(for: page, at: "/feed/a")
        #expect(feed.duration("gap") == 60_000_000_000)
        #expect(feed.traits.isPublic && feed.traits.isTLSTerminated && feed.traits.idleLimit?.seconds == 120)
        let timed = try #require(AllRules.rule("L02")).page
        #expect(!settings.isOn(timed, at: "/feed/a") && settings.isOn(timed, at: "/chat"))
        #expect(configuration.suppressions.map(\.line) == [18, 19, 20])
        #expect(configuration.suppressions[0].scope == .path("/health"))
    }

    @Test(arguments: ["", "# nothing yet\n", "---\n"])
    func anEmptyFileSaysNothing(_ text: String) throws {
        #expect(try Self.read(text).settings().selected.isEmpty)
    }

    @Test(arguments: [
        ("slect: [L01]", "1:1: unknown key slect; did you mean select?"),
        ("rules:\n  L99: {}", "2:3: there is no rule L99"),
        ("ignore: [no-hartbeat]", "1:10: there is no rule no-hartbeat; did you mean no-heartbeat?"),
        ("rules: { L01: { gap: 45 } }", "1:22: gap cannot be 45"),
        ("rules: { L01: { gap: soon } }", "1:22: gap cannot be soon"),
        ("rules: { L01: { gab: 45s } }", "1:17: unknown key gab; did you mean gap?"),
        ("rules: { L01: { severity: bad } }", "1:27: severity cannot be bad"),
        ("rules: { L: {} }", "1:10: there is no rule L"),
        ("pedantic: perhaps", "1:11: pedantic must be true or false, not perhaps"),
        ("fail-on: errors", "1:10: fail-on cannot be errors; did you mean error?"),
        ("profile: ngnix", "1:10: there is no profile ngnix; did you mean nginx?"),
        ("profile: alb\nidle-limit: 75s", "2:13: profile and idle-limit say the same: give one"),
        ("idle-limit: 75", "1:13: idle-limit cannot be 75"),
        ("endpoints: [{ public: true }]", "1:13: an endpoint needs a path"),
        ("endpoints: [{ path: /a*b }]", "1:21: path may have a * at its end only"),
        ("suppress: [{ rule: L01, path: /a }]", "1:12: an entry of suppress needs a reason"),
        ("suppress: [{ rule: L01, reason: '' }]", "1:33: reason must be text"),
        ("suppress: [{ path: /a, reason: x }]", "1:12: an entry of suppress needs a rule"),
        ("suppress: [{ rule: L01, path: /a, file: b, reason: x }]", "1:35: an entry of suppress has one of"),
        ("suppress: L01", "1:11: suppress must be a list"),
        ("- select", "1:1: the configuration must be a mapping"),
        ("public: true\npublic: false", "1:1: there is more than one public here"),
        ("select: [L01", "this is no YAML"),
        ("select: [*all]", "1:10: this is no YAML"),
        ("a: b: c", "1:5: this is no YAML"),
    ])
    func mistakesAreToldWithTheirPlace(_ text: String, _ expected: String) throws {
        let complaint = try #require(Self.complaint(text))
        #expect(complaint.hasPrefix("ws101.yml:") && complaint.contains(expected), "\(complaint)")
    }

    @Test func whatIsNoTextIsToldWithItsLine() {
        #expect(throws: ConfigurationError.self) {
            try ConfigurationReader.read(Array("select: [L01]\n".utf8) + [0xff], file: "ws101.yml")
        }
        do {
            _ = try ConfigurationReader.read(Array("select: [L01]\n".utf8) + [0xff], file: "ws101.yml")
        } catch {
            #expect(error.description == "ws101.yml:2:1: the file is not in UTF-8")
        }
    }

    @Test func deepNestingIsAnError() throws {
        let text = String(repeating: "[", count: 100_000)
        #expect(try #require(Self.complaint("select: " + text)).contains("this is no YAML"))
    }

    @Test func theCommandLineHasTheLastWord() throws {
        let configuration = try Self.read("select: [L01]\nignore: [S01]\nprofile: alb")
        var overrides = Configuration.Overrides()
        overrides.selected = ["S01", "S02"]
        overrides.ignored = ["S02"]
        overrides.idleLimit = IdleLimit("nginx", seconds: 60)
        let settings = configuration.settings(overrides)
        #expect(settings.selected == ["S01", "S02"] && settings.ignored == ["S02"])
        #expect(settings.traits.idleLimit?.name == "nginx")
    }

    @Test(
        arguments: [
            ("45s", .duration(45)), ("300 ms", .duration(0.3)), ("2min", .duration(120)), ("1.5h", .duration(5400)),
            ("64KiB", .bytes(65536)), ("1 MiB", .bytes(1 << 20)), ("20", .count(20)), ("0.15", .ratio(0.15)),
            ("15%", .ratio(0.15)),
        ] as [(String, Threshold.Value)])
    func valuesHaveUnits(_ text: String, _ expected: Threshold.Value) {
        #expect(Threshold.Value(parsing: text, like: expected) == expected)
    }

    @Test(
        arguments: [
            ("45", .duration(0)), ("45m", .duration(0)), ("-1s", .duration(0)), ("1e9s", .duration(0)),
            ("99999999999h", .duration(0)), ("nans", .duration(0)), ("", .count(0)), ("1.5", .count(0)),
            ("1e3", .count(0)), ("64", .bytes(0)), ("64kb", .bytes(0)), ("9999999999GiB", .bytes(0)), ("x", .ratio(0)),
            ("1.2.3", .ratio(0)), ("٣", .count(0)),
        ] as [(String, Threshold.Value)])
    func valuesThatAreNoneAreRefused(_ text: String, _ model: Threshold.Value) {
        #expect(Threshold.Value(parsing: text, like: model) == nil)
    }

    @Test func everyThresholdCanBeWrittenAsItIsShown() {
        for page in RulesTests.pages {
            for threshold in page.thresholds {
                let words = threshold.value.words
                #expect(
                    Threshold.Value(parsing: words, like: threshold.value) == threshold.value, "\(page.code) \(words)")
            }
        }
    }

    @Test(arguments: [
        ("no-hartbeat", "no-heartbeat"), ("l1", "L01"), ("heartbeat", "no-heartbeat"), ("xyzzy", nil), ("", nil),
    ])
    func whatWasMeantIsGuessed(_ text: String, _ expected: String?) {
        #expect(Closest.to(text, in: ["L01", "no-heartbeat", "token-in-url"]) == expected)
    }
}
