/// All judges of source code that is searched by patterns.
enum SourceJudges {
    static let all: [any SourceJudge] = [PatternJudge(), LimitJudge()]
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
                report.add(
                    rule, match.message, at: match.bytes, in: part, severity: pattern.severity,
                    confidence: pattern.confidence)
            }
        }
    }
}
