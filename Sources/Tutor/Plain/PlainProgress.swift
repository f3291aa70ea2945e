import Wire

/// The progress in plain lines.
package enum PlainProgress {
    package static func lines(_ report: ProgressReport, width: Int) -> [String] {
        let text = PlainText(width: width)
        var lines: [String] = []
        if let warning = report.warning { lines += text.lines(warning, mark: "! ") + [""] }
        lines += [head(report), interview(report), ""]
        lines += ["question                                          seen    recall interview"]
        lines += report.questions.map(question)
        lines += ["", "due      \(report.due) now; in the next two weeks \(bars(report.forecast))"]
        if !report.weak.isEmpty { lines += ["", "weak concepts"] + report.weak.prefix(8).map(concept) }
        if !report.misconceptions.isEmpty {
            lines += ["", "still believed when last asked"]
            lines += report.misconceptions.prefix(8).flatMap { entry in
                text.lines(
                    "\(entry.id) \(entry.belief) No: \(entry.truth)\(entry.lesson.map { " (lesson \($0))" } ?? "")",
                    mark: "  ")
            }
        }
        lines += [""] + heat(report.heat) + ["", "right answers by week  \(weeks(report.weeks))", ""]
        return lines + text.lines(report.advice)
    }

    private static func head(_ report: ProgressReport) -> String {
        guard report.answers > 0 else { return "\(report.today)  no answers yet" }
        return
            "\(report.today)  \(report.answers) answers, \(report.right * 100 / report.answers) % right, practised on "
            + "\(report.daysPractised) \(report.daysPractised == 1 ? "day" : "days")"
    }

    private static func interview(_ report: ProgressReport) -> String {
        guard let date = report.interviewDate else {
            return "interview  no date set: ws101 progress --interview-date 2026-09-01"
        }
        guard let left = report.daysLeft else { return "interview  \(date), which is over" }
        return
            "interview  \(date), \(left == 0 ? "today" : left == 1 ? "tomorrow" : "in \(left) days"); recall is predicted for that day"
    }

    private static func question(_ question: ProgressReport.Question) -> String {
        let name = "\(question.number). \(question.prompt)".padded(to: 50)
        let seen = "\(question.seen)/\(question.items)".padded(to: 8)
        let recall = percent(question.recall).padded(to: 7)
        return "\(name)\(seen)\(recall)\(question.rubric.map { "\(percent($0))  \(question.band ?? "")" } ?? "–")"
            .trimmedText
    }

    private static func concept(_ concept: ProgressReport.Concept) -> String {
        let lapses =
            concept.lapses == 0 ? "" : concept.lapses == 1 ? "  forgotten once" : "  forgotten \(concept.lapses) times"
        return
            "  \(concept.name.padded(to: 36)) \(percent(concept.recall).padded(to: 6))\(concept.lesson.map { " ws101 lesson \($0)" } ?? "")\(lapses)"
    }

    package static func percent(_ share: Double?) -> String { share.map { "\(Int(($0 * 100).rounded())) %" } ?? "–" }

    private static let levels = Array(" ▁▂▃▄▅▆▇█")

    /// A bar for each number, with the numbers' own scale.
    package static func bars(_ numbers: [Int]) -> String {
        let most = max(1, numbers.max() ?? 1)
        return String(numbers.map { levels[$0 == 0 ? 0 : 1 + ($0 * 7 / most)] }) + "  most \(numbers.max() ?? 0)"
    }

    /// A row for each weekday, a column for each week, the newest on the right; a number 0…9 says how much was done.
    package static func heat(_ days: [ProgressReport.Day]) -> [String] {
        let weeks = days.count / 7
        let most = max(1, days.map(\.answers).max() ?? 1)
        let rows = (0..<7).map { row in
            String(
                (0..<weeks).map { week -> Character in
                    let answers = days[week * 7 + row].answers
                    return answers == 0 ? "·" : Character(String(min(9, 1 + answers * 8 / most)))
                })
        }
        return ["answers a day, twelve weeks, the newest at the lower right (9 is \(most))"] + rows.map { "  \($0)" }
    }

    /// A bar for each week: half is the bottom, all right the top.
    package static func weeks(_ weeks: [Double?]) -> String {
        String(weeks.map { share in share.map { levels[1 + Int((max(0, min(1, $0)) * 7).rounded())] } ?? "·" })
    }
}

extension String {
    fileprivate var trimmedText: String { String(trimmedAtEnd) }
}
