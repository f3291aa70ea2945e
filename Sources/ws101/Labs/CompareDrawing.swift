import Foundation
import Transport

/// A comparison as text: a table, and bars.
struct CompareDrawing {
    private let options: ComparisonOptions
    private let bars = Bars.ofLocale

    init(_ options: ComparisonOptions) { self.options = options }

    var title: String {
        """
        \(options.events) events, \(milliseconds(options.meanGap)) ms apart on average, to \(options.clients) clients by each transport,
        all at once; a short poll every \(milliseconds(options.pollInterval)) ms.

        """
    }

    /// 23 lines of at most 80 columns, so that they can be drawn anew where they are.
    func lines(_ results: [ComparedTransport]) -> [String] {
        let charts = [
            chart("median latency, ms", results) { $0.latency(0.5) ?? 0 },
            chart("99 % are within, ms", results) { $0.latency(0.99) ?? 0 },
            chart("bytes on the wire, kB", results) { Double($0.bytes) / 1000 },
            chart("requests", results) { Double($0.wire.requests) },
            chart("the server's processor, ms", results) { $0.processor / .milliseconds(1) },
            chart("connections open at once", results) { Double($0.wire.mostOpen) },
        ]
        let pairs = stride(from: 0, to: charts.count, by: 2).flatMap { beside(charts[$0], charts[$0 + 1]) }
        return table(results) + pairs
    }

    private func beside(_ left: [String], _ right: [String]) -> [String] {
        [""] + zip(left, right).map { $0.padding(toLength: 40, withPad: " ", startingAt: 0) + $1 }
    }

    private func table(_ results: [ComparedTransport]) -> [String] {
        let head = row("", ["heard", "p50 ms", "p90 ms", "p99 ms", "kB", "requests", "CPU ms", "open"])
        return [head]
            + results.map { result in
                row(
                    result.transport.title,
                    [
                        "\(result.heard)/\(result.expected)", number(result.latency(0.5)), number(result.latency(0.9)),
                        number(result.latency(0.99)), number(Double(result.bytes) / 1000), "\(result.wire.requests)",
                        number(result.processor / .milliseconds(1)), "\(result.wire.mostOpen)",
                    ])
            }
    }

    private func row(_ name: String, _ cells: [String]) -> String {
        let widths = [11, 7, 7, 7, 8, 9, 7, 5]
        return name.padding(toLength: 14, withPad: " ", startingAt: 0)
            + zip(cells, widths).map { String(repeating: " ", count: max($1 - $0.count, 1)) + $0 }.joined()
    }

    private func chart(
        _ title: String, _ results: [ComparedTransport], _ value: (ComparedTransport) -> Double
    ) -> [String] {
        let top = results.map(value).max() ?? 0
        return [title]
            + results.map { result in
                let name = result.transport.title.padding(toLength: 14, withPad: " ", startingAt: 0)
                return name + bars.row(value(result), of: top, width: 16) + " " + number(value(result))
            }
    }

    func crud(_ comparison: CRUDComparison) -> String {
        let steps = comparison.steps.flatMap { step in
            [
                "  \(step.title)", line("HTTP", step.http), line("socket", step.socket),
            ]
        }
        return """

            The same CRUD by HTTP and over a socket: answers, bytes both ways, and the wait
            (of two requests: for the second)
            \(steps.joined(separator: "\n"))
            """
    }

    private func line(_ name: String, _ side: CRUDComparison.Side) -> String {
        "    " + name.padding(toLength: 7, withPad: " ", startingAt: 0)
            + "\(side.answers.joined(separator: ", ")); \(side.bytes) bytes, \(number(side.milliseconds)) ms"
    }

    private func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }

    private func number(_ value: Double?) -> String {
        value.map { String(format: $0 < 10 ? "%.1f" : "%.0f", $0) } ?? "-"
    }
}
