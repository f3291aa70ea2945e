import Foundation

/// The report of an interview for people.
package enum InterviewMarkdown {
    package static func text(_ report: InterviewReport) -> String {
        var lines = [
            "# WebSocket interview, \(report.date)", "",
            "Level \(report.level), \(report.minutes) minutes. **\(report.band)**, \(percent(report.share)).", "",
            "| dimension | reached | verdict |", "|---|---|---|",
        ]
        lines += report.dimensions.map { "| \($0.name) | \(percent($0.share)) | \($0.band) |" }
        if let difference = report.difference { lines += ["", self.difference(difference)] }
        for verdict in report.verdicts { lines += [""] + section(verdict) }
        for drill in report.drills {
            lines += ["", "## \(drill.title): \(percent(drill.share))", ""] + drill.lines.map { "- \($0)" }
        }
        if !report.work.isEmpty {
            lines += ["", "## What to do next", ""]
            lines += report.work.map {
                "- \($0.text) (\($0.references.joined(separator: ", "))): lesson \($0.lesson), `ws101 lesson \($0.lesson)`"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ verdict: InterviewVerdict) -> [String] {
        var lines = ["## \(verdict.prompt) \(verdict.band), \(percent(verdict.share)), \(verdict.seconds) s", ""]
        lines += verdict.answer.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
        if !verdict.missed.isEmpty { lines += ["", "Missed:", ""] + verdict.missed.map { "- \($0.text)" } }
        if !verdict.wrong.isEmpty {
            lines += ["", "Wrong:", ""] + verdict.wrong.map { "- \($0.says) → \($0.correction)" }
        }
        return lines
    }

    private static func difference(_ difference: InterviewReport.Difference) -> String {
        let parts = difference.dimensions.sorted { $0.key < $1.key }.map { "\($0.key) \(signed($0.value))" }
        return "Since \(difference.since): \(signed(difference.share)) overall; \(parts.joined(separator: ", "))."
    }

    package static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    package static func signed(_ share: Double) -> String {
        let points = Int((share * 100).rounded())
        return points > 0 ? "+\(points)" : points == 0 ? "±0" : "−\(-points)"
    }
}
