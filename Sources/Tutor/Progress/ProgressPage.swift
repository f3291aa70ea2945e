import Lint

/// The progress as a page to look at: one file, no script, nothing from elsewhere, light and dark.
package enum ProgressPage {
    package static func text(_ report: ProgressReport) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>WebSocket progress, \(report.today)</title>
        <style>\(style)</style>
        </head>
        <body>
        <h1>WebSocket progress</h1>
        \(report.warning.map { "<p><strong>\(XMLText.escape($0))</strong></p>" } ?? "")
        <p>\(head(report))</p>
        <h2>The ten questions</h2>
        <table><thead><tr><th>question</th><th>answered</th><th>recall</th><th></th><th>interview</th></tr></thead>
        <tbody>
        \(report.questions.map(question).joined(separator: "\n"))
        </tbody></table>
        <h2>Due in the next two weeks</h2>
        \(bars(report.forecast))
        <h2>Answers a day</h2>
        \(heat(report.heat))
        <h2>Right answers by week</h2>
        \(curve(report.weeks))
        \(weak(report))
        \(misconceptions(report))
        <p>\(XMLText.escape(report.advice))</p>
        </body>
        </html>

        """
    }

    private static let style = """
        :root{color-scheme:light dark;--bar:#3b6ea8}body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;\
        padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem .2rem 0}\
        meter{width:8rem}svg{width:100%;height:auto}rect,polyline{fill:var(--bar)}polyline{fill:none;stroke:var(--bar);\
        stroke-width:2}text{font:10px system-ui;fill:currentColor}
        """

    private static func head(_ report: ProgressReport) -> String {
        let interview =
            report.interviewDate.map { date in
                "Interview on \(date)\(report.daysLeft.map { ", \($0) days left" } ?? ""). Recall is predicted for that day. "
            } ?? ""
        return
            "\(report.today). \(interview)\(report.answers) answers, \(report.right) of them right, on \(report.daysPractised) days."
    }

    private static func question(_ question: ProgressReport.Question) -> String {
        let meter =
            question.recall.map { "<meter min=\"0\" max=\"1\" value=\"\($0)\">\(PlainProgress.percent($0))</meter>" }
            ?? ""
        let rubric = question.rubric.map { "\(PlainProgress.percent($0)) \(question.band ?? "")" } ?? "–"
        return
            "<tr><td>\(question.number). \(XMLText.escape(question.prompt))</td><td>\(question.seen) of \(question.items)</td>"
            + "<td>\(PlainProgress.percent(question.recall))</td><td>\(meter)</td><td>\(XMLText.escape(rubric))</td></tr>"
    }

    private static func bars(_ numbers: [Int]) -> String {
        let most = max(1, numbers.max() ?? 1)
        let bars = numbers.enumerated().map { index, number in
            let height = number * 60 / most
            return
                "<rect x=\"\(index * 20 + 2)\" y=\"\(70 - height)\" width=\"16\" height=\"\(height)\"><title>in \(index) days: \(number)</title></rect>"
                + "<text x=\"\(index * 20 + 4)\" y=\"\(66 - height)\">\(number)</text>"
        }
        return
            "<svg viewBox=\"0 0 \(numbers.count * 20) 80\" role=\"img\" aria-label=\"due by day\">\(bars.joined())</svg>"
    }

    private static func heat(_ days: [ProgressReport.Day]) -> String {
        let most = Double(max(1, days.map(\.answers).max() ?? 1))
        let cells = days.enumerated().map { index, day in
            let opacity = day.answers == 0 ? 0.08 : 0.25 + 0.75 * Double(day.answers) / most
            return
                "<rect x=\"\(index / 7 * 14)\" y=\"\(index % 7 * 14)\" width=\"12\" height=\"12\" opacity=\"\(opacity)\">"
                + "<title>\(day.date): \(day.answers) answers, \(day.right) right</title></rect>"
        }
        return
            "<svg viewBox=\"0 0 \(days.count / 7 * 14) 98\" role=\"img\" aria-label=\"answers a day\">\(cells.joined())</svg>"
    }

    private static func curve(_ weeks: [Double?]) -> String {
        let points = weeks.enumerated().compactMap { index, share in share.map { "\(index * 24 + 12),\(64 - $0 * 60)" }
        }
        return "<svg viewBox=\"0 0 \(weeks.count * 24) 70\" role=\"img\" aria-label=\"right answers by week\">"
            + "<polyline points=\"\(points.joined(separator: " "))\"/></svg>"
    }

    private static func weak(_ report: ProgressReport) -> String {
        guard !report.weak.isEmpty else { return "" }
        let rows = report.weak.map { concept in
            "<li>\(XMLText.escape(concept.name)), recall \(PlainProgress.percent(concept.recall))"
                + "\(concept.lesson.map { ": <code>ws101 lesson \($0)</code>" } ?? "")</li>"
        }
        return "<h2>Weak concepts</h2><ul>\(rows.joined())</ul>"
    }

    private static func misconceptions(_ report: ProgressReport) -> String {
        guard !report.misconceptions.isEmpty else { return "" }
        let rows = report.misconceptions.map { entry in
            "<li>\(XMLText.escape(entry.belief)) <strong>No:</strong> \(XMLText.escape(entry.truth))</li>"
        }
        return "<h2>Still believed when last asked</h2><ul>\(rows.joined())</ul>"
    }
}
