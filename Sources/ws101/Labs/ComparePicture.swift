import Foundation
import Transport

/// A comparison as a picture, SVG 1.1: four charts of bars, without scripts, styles or anything from outside.
struct ComparePicture {
    private let options: ComparisonOptions
    private let results: [ComparedTransport]

    private static let width = 720
    private static let chartHeight = 132

    init(_ options: ComparisonOptions, _ results: [ComparedTransport]) {
        self.options = options
        self.results = results
    }

    private struct Chart {
        let title: String
        let value: (ComparedTransport) -> Double
    }

    private var charts: [Chart] {
        [
            Chart(title: "Latency, median, in milliseconds") { $0.latency(0.5) ?? 0 },
            Chart(title: "Latency, 99 % are within, in milliseconds") { $0.latency(0.99) ?? 0 },
            Chart(title: "Bytes on the wire above TCP, in kB") { Double($0.bytes) / 1000 },
            Chart(title: "Requests, the opening handshakes among them") { Double($0.wire.requests) },
            Chart(title: "Processor of the server, in milliseconds") { $0.processor / .milliseconds(1) },
        ]
    }

    var text: String {
        let height = 64 + charts.count * ComparePicture.chartHeight
        let title =
            "\(options.events) events to \(options.clients) clients by each transport, "
            + "a short poll every \(Int(options.pollInterval / .milliseconds(1))) ms"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(ComparePicture.width)" height="\(height)" \
            viewBox="0 0 \(ComparePicture.width) \(height)" font-family="sans-serif" font-size="14" role="img">
            <title>\(title)</title>
            <rect width="100%" height="100%" fill="#ffffff"/>
            <text x="20" y="32" font-size="17" font-weight="bold">\(title)</text>
            \(charts.enumerated().map { draw($1, top: 52 + $0 * ComparePicture.chartHeight) }.joined(separator: "\n"))
            </svg>

            """
    }

    private func draw(_ chart: Chart, top: Int) -> String {
        let most = max(results.map(chart.value).max() ?? 0, .leastNormalMagnitude)
        let rows = results.enumerated().map { index, result in
            let value = chart.value(result)
            let y = top + 28 + index * 22
            let length = Int((value / most * 460).rounded())
            return """
                <text x="20" y="\(y + 13)">\(result.transport.title)</text>
                <rect x="130" y="\(y)" width="\(max(length, 1))" height="17" fill="\(ComparePicture.colour(result.transport))"/>
                <text x="\(138 + length)" y="\(y + 13)">\(String(format: value < 10 ? "%.1f" : "%.0f", value))</text>
                """
        }
        return "<text x=\"20\" y=\"\(top + 18)\" font-weight=\"bold\">\(chart.title)</text>\n"
            + rows.joined(separator: "\n")
    }

    /// Told apart without colours, too: each bar has its name.
    private static func colour(_ transport: FeedTransport) -> String {
        switch transport {
        case .webSocket: "#1b6ca8"
        case .serverSentEvents: "#2a9d5c"
        case .longPolling: "#c77b0a"
        case .shortPolling: "#b3392f"
        }
    }
}
