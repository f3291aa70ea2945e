import Lint
import Testing
import Wire

/// A team begins with what is there, and fails on what is new.
struct BaselineTests {
    private static func settings(_ change: (inout LintSettings) -> Void = { _ in }) -> LintSettings {
        var settings = LintSettings()
        settings.selected = ["F01", "L01", "X01"]
        change(&settings)
        return settings
    }

    private static func findings(_ scene: Scene = Sample.scene) -> Findings { scene.linted(settings()) }

    /// The same endpoint, and everybody behaves.
    private static let mended = Scene { scene in
        scene.open()
        for beat in 1...4 {
            scene.wait(20)
            scene.ping(.server, "\(beat)")
            scene.pong(.client, "\(beat)")
        }
        scene.end()
    }

    private static func elsewhere(_ path: String) -> Scene {
        Scene { scene in
            scene.open(path)
            scene.text(.client, "hi")
            scene.end()
        }
    }

    @Test func whatIsInItDoesNotCount() throws {
        var findings = Self.findings()
        let written = Baseline(file: "b.json").updated(with: findings, today: "2026-11-24")
        let read = try Baseline(Array(written.text.utf8), file: "b.json")
        #expect(read.entries == written.entries && read.entries.map(\.rule) == ["F01", "L01"])
        Suppressions([], in: "", read).apply(to: &findings, Self.settings())
        #expect(findings.counted.isEmpty && findings.all.count == 2)
    }

    @Test func whatIsNewCounts() throws {
        let baseline = Baseline(file: "b.json").updated(with: Self.findings(), today: "2026-11-24")
        var findings = Scene { scene in
            scene.open("/other")
            scene.frame(.client, .text, [0x68], isMasked: false)
            scene.fin(.server)
        }.linted(Self.settings())
        Suppressions([], in: "", baseline).apply(to: &findings, Self.settings())
        #expect(findings.counted.map(\.rule) == ["F01"])
    }

    @Test func reasonsAndDatesStay() throws {
        let first = Baseline(file: "b.json").updated(with: Self.findings(), today: "2026-11-24")
        let edited = first.text.replacing(
            Baseline.standardReason, with: "the old client, until May", maxReplacements: 1)
        let again = try Baseline(Array(edited.utf8), file: "b.json").updated(with: Self.findings(), today: "2027-01-01")
        #expect(again.entries.map(\.reason) == ["the old client, until May", Baseline.standardReason])
        #expect(Set(again.entries.map(\.firstSeen)) == ["2026-11-24"])
    }

    @Test func whatIsMendedIsToldAndLeavesAtTheNextWriting() throws {
        let written = Baseline(file: "b.json").updated(with: Self.findings(), today: "2026-11-24")
        let baseline = try Baseline(Array(written.text.utf8), file: "b.json")
        var findings = Self.findings(Self.mended)
        Suppressions([], in: "", baseline).apply(to: &findings, Self.settings())
        #expect(findings.counted.map(\.rule) == ["X01", "X01"])
        guard case .source(let place) = try #require(findings.counted.first).place else {
            Issue.record("the note has no place in the file")
            return
        }
        let line = written.text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
        #expect(place.file == "b.json" && line.contains("fingerprint"))
        #expect(baseline.updated(with: Self.findings(Self.mended), today: "2027-01-01").entries.isEmpty)
    }

    @Test func whatWasNotLookedAtStays() throws {
        let baseline = Baseline(file: "b.json").updated(with: Self.findings(), today: "2026-11-24")
        var findings = Self.findings(Self.elsewhere("/other"))
        Suppressions([], in: "", baseline).apply(to: &findings, Self.settings())
        #expect(findings.counted.isEmpty)
        #expect(baseline.updated(with: findings, today: "2027-01-01").entries == baseline.entries)
    }

    @Test(arguments: [
        "", "[]", "{}", "{\"version\": 2, \"findings\": []}", "{\"version\": 1, \"findings\": [{\"rule\": \"L01\"}]}",
        "{\"version\": 1, \"findings\": [3]}",
    ])
    func whatIsNoneIsRefused(_ text: String) {
        #expect(throws: Baseline.Unreadable.self) { try Baseline(Array(text.utf8), file: "b.json") }
    }

    @Test func controlsInAFileDoNotReachTheTerminal() throws {
        let written = Baseline(file: "b.json").updated(with: Self.findings(), today: "2026-11-24").text
        let evil = written.replacing(Baseline.standardReason, with: "\\u001b[31mred")
        let read = try Baseline(Array(evil.utf8), file: "b.json")
        #expect(read.entries.allSatisfy { $0.reason == "\\x1b[31mred" })
    }
}
