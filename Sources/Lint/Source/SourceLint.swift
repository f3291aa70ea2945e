import Wire

/// Judges source code and configuration.
package struct SourceLint: Sendable {
    private let engine: any SourceEngine

    package init(engine: any SourceEngine) { self.engine = engine }

    /// - Parameter path: A folder, or one file.
    package func run(on path: String, _ settings: LintSettings) throws(SourceError) -> SourceResult {
        let folder = try SourceFolder(path)
        var result = SourceResult(engine: (engine.name, engine.version))
        result.skipped = folder.skipped
        for file in folder.files { result.files[file.language, default: 0] += 1 }
        let programs = SourceProgram.programs(of: folder.files, try matches(in: folder.files))
        var writer = SourceFindings(settings)
        for file in folder.files { writer.findings.look(at: file.name) }
        for program in programs {
            var report = SourceReport(settings)
            for judge in SourceJudges.all { judge.judge(program, &report) }
            writer.take(report)
            result.comments += Self.comments(in: program)
        }
        result.findings = writer.findings
        Self.suppress(&result)
        return result
    }

    private func matches(in files: [SourceFile]) throws(SourceError) -> [SourceMatch] {
        var matches: [SourceMatch] = []
        for language in SourceLanguage.allCases {
            guard let sheet = PatternSheet.sheet(for: language) else { continue }
            let paths = files.filter { $0.language == language }.map(\.path)
            guard !paths.isEmpty else { continue }
            do throws(SourceEngineError) {
                matches += try engine.run(sheet.text(for: language), on: paths)
            } catch {
                throw .engine(error)
            }
        }
        return matches
    }

    private static func comments(in program: SourceProgram) -> [IgnoreComment] {
        program.all("comment").compactMap { IgnoreComment($1.text, at: $1.bytes, in: $0.file) }
    }

    private static func suppress(_ result: inout SourceResult) {
        var comments = result.comments
        result.findings.suppress { finding in
            var reason: String?
            for index in comments.indices where comments[index].covers(finding) { reason = comments[index].reason }
            return reason.map { .ignored(reason: $0) }
        }
        result.comments = comments
    }
}

/// Turns faults into findings.
private struct SourceFindings {
    var findings = Findings()
    private let settings: LintSettings
    private var seen: [String: Int] = [:]

    init(_ settings: LintSettings) { self.settings = settings }

    mutating func take(_ report: SourceReport) {
        for fault in report.faults.sorted(by: Self.isBefore) { add(fault) }
        for rule in report.judged.union(report.skipped.keys) { tally(rule, report) }
    }

    private static func isBefore(_ left: SourceReport.Fault, _ right: SourceReport.Fault) -> Bool {
        (left.file.name, left.bytes.lowerBound, left.rule) < (right.file.name, right.bytes.lowerBound, right.rule)
    }

    private mutating func add(_ fault: SourceReport.Fault) {
        guard let page = AllRules.rule(fault.rule)?.page, settings.isOn(page, at: fault.file.name) else { return }
        let place = fault.file.place(fault.bytes)
        let line = place.snippet.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let parts = [fault.rule.rawValue, place.file, line]
        seen[parts.joined(separator: "\0"), default: 0] += 1
        let number = seen[parts.joined(separator: "\0")] ?? 1
        findings.add(
            page, settings.severity(of: page.code, at: fault.file.name) ?? fault.severity ?? page.severity,
            fault.confidence ?? page.confidence, Self.line(fault.message), at: .source(place),
            fingerprint: Fingerprint(parts + ["\(number)"]))
    }

    private static func line(_ message: String) -> String {
        let flat = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        let safe = SafeText.escape(SourceMask.masked(flat))
        return safe.count > 200 ? safe.prefix(199) + "…" : safe
    }

    private mutating func tally(_ rule: RuleCode, _ report: SourceReport) {
        guard let page = AllRules.rule(rule)?.page, settings.isOn(page) else { return }
        if report.faults.contains(where: { $0.rule == rule }) {
            findings.tally(rule) { $0.failed += 1 }
        } else if report.judged.contains(rule) {
            findings.passed(rule, .pass)
        } else if let reason = report.skipped[rule] {
            findings.passed(rule, .notApplicable(reason))
        }
    }
}
