import Lint
import Wire

/// A play with one finding of each severity, and what is written about it.
enum Sample {
    /// Three connections to /chat: a frame without a mask in two of them, and 94 s of silence in one.
    static let scene = Scene { scene in
        for connection in 1...2 {
            scene.on(connection)
            scene.open()
            scene.frame(.client, .text, Array("hi".utf8), isMasked: false)
            scene.fin(.server)
        }
        scene.on(3)
        scene.open()
        scene.wait(94)
        scene.end()
    }

    static let rules: Set<RuleCode> = ["F01", "L01", "F10"]

    static func result(failOn: Severity? = .error, showsVerdicts: Bool = false) -> LintResult {
        var settings = LintSettings()
        settings.selected = rules
        settings.severities["L01"] = .note
        return result(scene.linted(settings), settings, failOn: failOn, showsVerdicts: showsVerdicts)
    }

    static func result(
        _ findings: Findings, _ settings: LintSettings, failOn: Severity? = .error, showsVerdicts: Bool = false
    ) -> LintResult {
        var result = LintResult(of: "talk.pcapng", .wire, findings, settings, failOn: failOn, version: "1.2.3")
        result.showsVerdicts = showsVerdicts
        return result
    }

    /// What was found in one line of source code, of a server that lies in a folder.
    static func source(_ message: String = "no limit, 100% open") -> LintResult {
        var findings = Findings()
        let page = AllRules.rule("M01")?.page ?? RulesTests.pages[0]
        findings.look(at: "lib/server.js")
        findings.tally(page.code) { $0.failed += 1 }
        findings.add(
            page, .warning, .high, message,
            at: .source(
                SourcePlace(
                    file: "lib/server.js", line: 12, column: 13, endLine: 12, endColumn: 49, bytes: 310..<346,
                    snippet: "const wss = new WebSocketServer({ port: 8080 });")),
            fingerprint: Fingerprint(["M01", "lib/server.js", "1"]))
        return LintResult(of: "src", .source, findings, LintSettings(), failOn: .error, version: "1.2.3")
    }
}
