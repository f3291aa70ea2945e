import Lint
import Testing

/// Entries of `suppress`: they need a reason, and tell when they are of no use any more.
struct SuppressionTests {
    private static func findings(_ entry: String, in scene: Scene = Sample.scene) throws -> Findings {
        let text = "suppress:\n  - { \(entry), reason: because }\n"
        let configuration = try ConfigurationReader.read(Array(text.utf8), file: "ws101.yml")
        var settings = LintSettings()
        settings.selected = ["F01", "F02", "L01", "X01"]
        var findings = scene.linted(settings)
        Suppressions(configuration.suppressions, in: "ws101.yml", nil).apply(to: &findings, settings)
        return findings
    }

    @Test(arguments: [
        "rule: F01", "rule: F01, path: /chat", "rule: client-unmasked, path: /ch*", "rule: F01, path: '*'",
    ])
    func aFindingThatIsCoveredDoesNotCount(_ entry: String) throws {
        let findings = try Self.findings(entry)
        #expect(findings.counted.map(\.rule) == ["L01"])
        #expect(findings.all.first { $0.rule == "F01" }?.suppression == .configured(reason: "because"))
    }

    @Test func aFingerprintCoversOneFinding() throws {
        let fingerprint = try #require(try Self.findings("rule: F02").all.first { $0.rule == "F01" }).fingerprint
        #expect(try Self.findings("rule: F01, fingerprint: \(fingerprint)").counted.map(\.rule) == ["L01"])
    }

    @Test(arguments: ["rule: L01, path: /other", "rule: F01, file: server.js"])
    func whatIsElsewhereStillCounts(_ entry: String) throws {
        #expect(Set(try Self.findings(entry).counted.map(\.rule)) == ["F01", "L01"])
    }

    @Test func anEntryOfNoUseIsTold() throws {
        let note = try #require(try Self.findings("rule: F02, path: /chat").counted.first { $0.rule == "X01" })
        guard case .source(let place) = note.place else {
            Issue.record("the note has no place in the file")
            return
        }
        #expect(place.file == "ws101.yml" && place.line == 2 && place.column == 5)
        #expect(place.snippet.contains("rule: F02, path: /chat"))
        #expect(note.severity == .note)
    }

    @Test(arguments: ["rule: F02, path: /other", "rule: M04", "rule: M01, file: server.js"])
    func withoutEvidenceNothingIsToldOfAnEntry(_ entry: String) throws {
        #expect(try !Self.findings(entry).all.contains { $0.rule == "X01" })
    }
}
