import Connection
import Inspector
import Wire

/// A connection in figures, each side for itself, and how busy it was in the last minute.
struct StatisticsPanel: Panel {
    static let bindings: [Binding] = []

    let summary: ConnectionSummary?
    /// Of the last seconds, the newest last.
    let rates: [Rate]

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        canvas.drawRule(in: rest.takeTop(1))
        let traffic = summary?.traffic ?? BothSides(Traffic())
        var lines = [heading]
        if summary != nil {
            lines += [
                row("frames", traffic) { Figure.count($0.frames) },
                row("messages", traffic) { Figure.count($0.messages) },
                row("bytes on the wire", traffic) { Figure.bytes($0.bytes) },
                row("bytes of messages", traffic) { Figure.bytes($0.applicationBytes) },
                row("pings", traffic) { Figure.count($0.pings) },
                row("violations", traffic) { $0.violations == 0 ? "–" : "✗ " + Figure.count($0.violations) },
                roundTrips, "",
            ]
        }
        lines += spark(width: area.width)
        canvas.draw(lines, in: rest)
    }

    private var heading: StyledText {
        guard let summary else { return StyledText(" all connections", .strong) }
        var line = StyledText(" #\(summary.id.rawValue) in figures", .strong)
        line.append("client", .client, endingAt: 32)
        line.append("server", .server, endingAt: 45)
        return line
    }

    private func row(_ name: String, _ traffic: BothSides<Traffic>, _ figure: (Traffic) -> String) -> StyledText {
        var line = StyledText(" \(name)", .dim)
        line.append(figure(traffic.client), .text, endingAt: 32)
        line.append(figure(traffic.server), .text, endingAt: 45)
        return line
    }

    private var roundTrips: StyledText {
        var line = StyledText(" rtt min · median · max", .dim)
        guard let trips = summary?.roundTrips, trips.count > 0, let median = trips.quantile(0.5) else {
            line.append("no pong yet", .dim, endingAt: 45)
            return line
        }
        let text = "\(Figure.duration(trips.minimum)) · \(Figure.duration(median)) · \(Figure.duration(trips.maximum))"
        line.append(text, .text, endingAt: 45)
        return line
    }

    private func spark(width: Int) -> [StyledText] {
        let shown = Array(rates.suffix(max(0, width - 2)))
        var line = StyledText(" frames a second", .dim)
        line.append(Figure.count(shown.last?.frames ?? 0), .strong, endingAt: width - 1)
        return [line, StyledText(" ").appending(Sparkline.text(shown.map(\.frames)), .client)]
    }
}
