import Foundation
import Lint
import Testing

/// What people read.
struct FormatTests {
    @Test func fullShowsTheGuiltyBitsTheReasonAndTheRepetition() {
        let text = LintFormat.full.text(Sample.result(), style: TextStyle(width: 100))
        #expect(
            text.contains(
                """
                  --> talk.pcapng  #1 /chat, frame 1 of the client  12:00:00.004
                   |
                   | client ─▶  text  2 B
                   | 1 000 0001  0 0000010
                   |             ^ MASK 0: not masked, though every frame of a client must be

                """.replacing("\n\n", with: "\n")), "\(text)")
        #expect(text.hasPrefix("error F01 client-unmasked: "))
        #expect(text.contains("  = also: in #2 (2 connections)\n"))
        #expect(text.contains("  = more: ws101 explain F01\n"))
        #expect(text.contains("note L01 no-heartbeat: 94 s of silence, and no Ping from either side\n"))
        #expect(text.hasSuffix("Found 1 error, 1 note in 3 connections; 2 rules judged, 1 not applicable\n"))
    }

    @Test func coloursAreOnlyForWhoAsksForThem() {
        let plain = LintFormat.full.text(Sample.result(showsVerdicts: true), style: TextStyle(width: 72))
        let coloured = LintFormat.full.text(
            Sample.result(showsVerdicts: true), style: TextStyle(width: 72, isColoured: true))
        #expect(!plain.contains("\u{1b}"))
        #expect(coloured.contains("\u{1b}[1;31merror\u{1b}[0m"))
        #expect(coloured.replacing(/\x1b\[[0-9;]*m/, with: "") == plain)
    }

    @Test func fullTellsVerdictsWhenAsked() {
        let text = LintFormat.full.text(Sample.result(showsVerdicts: true), style: TextStyle(width: 100))
        #expect(text.contains("\nNot applicable\n  F10 predictable-mask"), "\(text)")
        let silent = LintFormat.full.text(Sample.result(), style: TextStyle(width: 100))
        #expect(!silent.contains("Not applicable"))
    }

    @Test func fullPointsAtSource() {
        let text = LintFormat.full.text(Sample.source(), style: TextStyle())
        #expect(
            text.contains(
                """
                  --> src/lib/server.js:12:13
                   |
                12 | const wss = new WebSocketServer({ port: 8080 });
                   |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                """), "\(text)")
    }

    @Test func conciseIsALineAFinding() {
        let text = LintFormat.concise.text(Sample.result(), style: TextStyle())
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("talk.pcapng: #1 /chat, frame 1 of the client: error F01 client-unmasked: "))
        #expect(lines[0].hasSuffix(" (2 connections)"))
        #expect(lines[1].hasPrefix("talk.pcapng: #3 /chat: note L01 no-heartbeat: 94 s of silence"))
    }

    @Test func nothingFoundIsSaid() {
        var settings = LintSettings()
        settings.selected = ["H01"]
        let result = Sample.result(Sample.scene.linted(settings), settings)
        #expect(
            LintFormat.concise.text(result, style: TextStyle())
                == "Found nothing in 3 connections; 1 rule judged, 0 not applicable\n")
    }

    @Test func whatDoesNotCountIsCountedApart() {
        let result = suppressed()
        let text = LintFormat.concise.text(result, style: TextStyle())
        #expect(text.hasSuffix("; 1 suppressed\n"), "\(text)")
        #expect(!text.contains("F01"))
        #expect(result.failures.isEmpty)
    }

    private func suppressed() -> LintResult {
        var settings = LintSettings()
        settings.selected = Sample.rules
        var findings = Sample.scene.linted(settings)
        findings.suppress { $0.rule == "F01" ? .configured(reason: "an old client") : nil }
        return Sample.result(findings, settings)
    }

    @Test(arguments: [
        (Severity.error as Severity?, ["F01"]), (.warning, ["F01"]), (.note, ["F01", "L01"]), (nil, []),
    ])
    func failuresAreWhatIsBadEnough(_ failOn: Severity?, _ rules: [RuleCode]) {
        #expect(Sample.result(failOn: failOn).failures.map(\.rule) == rules)
    }

    @Test func probeShowsTheExchange() {
        var findings = Findings()
        let page = RulesTests.pages[0]
        findings.look(at: "/chat")
        findings.add(
            page, .error, .high, "101 to anybody",
            at: .probe(
                ProbePlace(
                    url: "ws://127.0.0.1:8080/chat", step: "no credentials",
                    exchange: ["client ─▶ GET /chat", "◀─ server 101"])),
            fingerprint: Fingerprint(["x"]))
        let result = LintResult(
            of: "ws://127.0.0.1:8080/chat", .probe, findings, LintSettings(), failOn: .error, version: "1")
        let text = LintFormat.full.text(result, style: TextStyle(width: 100))
        #expect(
            text.contains(
                """
                  --> ws://127.0.0.1:8080/chat  no credentials
                   |
                   | client ─▶ GET /chat
                   | ◀─ server 101
                """), "\(text)")
    }
}
