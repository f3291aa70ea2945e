/// All judges of source code and configuration.
enum SourceJudges {
    private static let all: [any SourceJudge] = [
        PatternJudge(), DoorJudge(), OriginMatchJudge(), LimitJudge(), HeartbeatJudge(), PressureJudge(),
        MessageJudge(), ReconnectJudge(), TextJudge(),
    ]

    static func report(on program: SourceProgram, _ settings: LintSettings) -> SourceReport {
        var report = SourceReport(settings)
        for judge in all { judge.judge(program, &report) }
        return report
    }

    /// On what is read without patterns.
    static func report(
        on folder: SourceFolder, beside programs: [SourceProgram], _ settings: LintSettings
    ) -> SourceReport {
        var report = SourceReport(settings)
        let intervals = Set(programs.flatMap { HeartbeatTimes.intervals(in: $0) })
        NginxJudge().judge(folder.nginx, interval: intervals.count == 1 ? intervals.first : nil, &report)
        LockfileJudge().judge(folder.lockfiles, &report)
        return report
    }
}

/// Patterns that need no judgement but whether something in the program mends it.
struct PatternJudge: SourceJudge {
    func judge(_ program: SourceProgram, _ report: inout SourceReport) {
        let isRelevant = !Library.used(by: program).isEmpty
        for part in program.parts {
            for (pattern, match) in part.faults {
                guard case .fault(let rule, let mended) = pattern.meaning, isRelevant || pattern.isAnywhere else {
                    continue
                }
                report.look(at: rule)
                guard !mended.contains(where: program.has) else { continue }
                let severity = rule == "S11" && part.file.isTest ? .note : pattern.severity
                report.add(
                    rule, match.message, at: match.bytes, in: part, severity: severity, confidence: pattern.confidence)
            }
        }
    }
}
