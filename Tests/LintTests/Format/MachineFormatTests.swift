import Foundation
import Lint
import Testing

/// What programs read.
struct MachineFormatTests {
    private static func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func jsonHasFindingsVerdictsAndASummary() throws {
        let document = try Self.object(LintFormat.json.text(Sample.result(), style: TextStyle()))
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(findings.map { $0["rule"] as? String } == ["F01", "L01"])
        let place = try #require(findings[0]["place"] as? [String: Any])
        #expect(
            place["frame"] as? Int == 1 && place["bits"] as? [Int] == [8, 9] && place["side"] as? String == "client")
        #expect(place["header"] as? String == "81 02")
        #expect(place["from"] as? String == "2026-01-05T12:00:00.004000000Z")
        #expect((findings[0]["alsoIn"] as? [Any])?.count == 1)
        let verdicts = try #require(document["verdicts"] as? [[String: Any]])
        #expect(verdicts.map { $0["verdict"] as? String } == ["fail", "notApplicable", "fail"])
        let summary = try #require(document["summary"] as? [String: Any])
        #expect(summary["errors"] as? Int == 1 && summary["notes"] as? Int == 1 && summary["judged"] as? Int == 3)
    }

    @Test func jsonlIsAnObjectALine() throws {
        let text = LintFormat.jsonl.text(Sample.result(showsVerdicts: true), style: TextStyle())
        let kinds = try text.split(separator: "\n").map { try Self.object(String($0))["kind"] as? String }
        #expect(kinds == ["finding", "finding", "verdict", "verdict", "verdict", "summary"])
    }

    @Test func sarifHasRulesPlacesAndFingerprints() throws {
        let result = Sample.result()
        let log = try Self.object(LintFormat.sarif.text(result, style: TextStyle()))
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.map { $0["ruleId"] as? String } == ["F01", "L01"])
        #expect(results.map { $0["level"] as? String } == ["error", "note"])
        #expect(
            results[0]["partialFingerprints"] as? [String: String]
                == ["ws101/v1": result.findings.all[0].fingerprint.rawValue])
        let location = try #require((results[0]["locations"] as? [[String: Any]])?.first)
        let logical = try #require(location["logicalLocations"] as? [[String: Any]])
        #expect(logical.first?["fullyQualifiedName"] as? String == "conn/1/frame/1")
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        }
    }

    /// The schema would not mind.
    @Test func sarifGivesALevelToFailuresOnly() throws {
        let log = try Self.object(LintFormat.sarif.text(Sample.result(showsVerdicts: true), style: TextStyle()))
        let results = try #require(((log["runs"] as? [[String: Any]])?.first?["results"]) as? [[String: Any]])
        #expect(Set(results.compactMap { $0["kind"] as? String }) == ["fail", "notApplicable"])
        for result in results {
            #expect((result["kind"] as? String == "fail") == (result["level"] as? String != "none"))
        }
    }

    @Test func sarifSaysWhySomethingDoesNotCount() throws {
        var result = Sample.source()
        var findings = result.findings
        findings.suppress { _ in .ignored(reason: "behind a proxy") }
        result = LintResult(of: "src", .source, findings, LintSettings(), failOn: .error, version: "1")
        let log = try Self.object(LintFormat.sarif.text(result, style: TextStyle()))
        let results = try #require(((log["runs"] as? [[String: Any]])?.first?["results"]) as? [[String: Any]])
        let suppressions = try #require(results.first?["suppressions"] as? [[String: String]])
        #expect(suppressions == [["kind": "inSource", "justification": "behind a proxy"]])
    }

    @Test func junitFailsWhatIsBadEnoughAndSkipsWhatWasNotJudged() {
        let text = LintFormat.junit.text(Sample.result(), style: TextStyle())
        #expect(text.contains("<testsuite name=\"talk.pcapng\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\">"))
        #expect(text.contains("name=\"F01 client-unmasked\"><failure type=\"error\""))
        #expect(text.contains("name=\"F10 predictable-mask\"><skipped message="))
        #expect(text.contains("name=\"L01 no-heartbeat\"><system-out>"))
    }

    @Test func junitHoldsWhateverAPeerSays() {
        let text = LintFormat.junit.text(Sample.source("<b> & \"c\" \u{fffe}"), style: TextStyle())
        #expect(text.contains("&lt;b&gt; &amp; &quot;c&quot; \u{fffd}"))
    }

    @Test func githubAnnotatesTheLine() {
        let text = LintFormat.github.text(Sample.source(), style: TextStyle())
        let head =
            "::warning title=ws101 M01 no-max-message,file=src/lib/server.js,line=12,endLine=12,col=13,endColumn=49::"
        #expect(text.hasPrefix(head), "\(text)")
        #expect(text.contains("no limit, 100%25 open%0A"))
        #expect(text.split(separator: "\n").count == 1)
    }
}
