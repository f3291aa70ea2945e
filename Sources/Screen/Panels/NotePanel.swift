import Connection
import Inspector
import Wire

/// The selected row below the ladder where it is no frame: what happened, in words, and what to press for more.
struct NotePanel: Panel {
    static let bindings: [Binding] = []

    let watch: Watch
    let row: LogRow

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        let summary = watch.summary(row.connection)
        var title = StyledText(" \(titleText)", .strong)
        title.append("   #\(row.connection.rawValue) \(summary?.shownPath ?? "")", .dim)
        canvas.draw(title, row: 0, in: rest.takeTop(1))
        let lines = lines(summary, min(area.width, 104))
        if rest.height > lines.count { _ = rest.takeTop(1) }
        canvas.draw(lines, in: rest)
    }

    private var titleText: String {
        switch row.kind {
        case .opened: "TCP connection opened"
        case .request: "client → server   request"
        case .response: "server → client   response"
        case .established: "WebSocket connection established"
        case .frame: ""
        case .guessed, .undecoded: "not decoded for sure"
        case .hole: "bytes are missing"
        case .effect: "ws101 changed the traffic"
        case .fin(let side): "\(side) → \(side.peer)   FIN: it sends no more"
        case .reset(let side): "\(side) → \(side.peer)   RST: it aborted the connection"
        case .closed: isOver ? "connection closed" : "the recording ends"
        }
    }

    private var isOver: Bool {
        watch.summary(row.connection)?.closure.map { Ending($0).isOver } ?? true
    }

    private func lines(_ summary: ConnectionSummary?, _ width: Int) -> [StyledText] {
        switch row.kind {
        case .opened: opened(summary)
        case .request: head(summary?.request, width)
        case .response: head(summary?.response, width)
        case .established: established(summary) + [more("Enter shows request, response and every demand.")]
        case .frame: []
        case .guessed(let side):
            words(
                "The recording begins inside the connection. ws101 found what looks like a frame of the \(side) and goes on from there; it may be wrong.",
                width)
        case .undecoded(let side, let why):
            words(
                "From here on nothing of the \(side) is decoded: \(why.inWords). The bytes are in the recording.", width
            )
        case .hole(let side, let count):
            words(
                "\(count.map { Figure.inBytes($0) } ?? "An unknown number of bytes") of the \(side) are not in the recording. What follows is decoded from the next place that is certain.",
                width)
        case .effect: words(SafeText.escape(watch.log.text(of: row)), width)
        case .fin, .reset, .closed:
            (summary?.closure.map { ClosureView(closure: $0, timeZone: watch.timeZone, width: width).lines } ?? [])
                + [more("Enter tells how it ended.")]
        }
    }

    private func words(_ text: String, _ width: Int) -> [StyledText] {
        text.wordWrapped(to: min(width - 2, 100)).map { StyledText(" " + $0) }
    }

    private func more(_ text: String) -> StyledText { StyledText(" " + text, .dim) }

    private func opened(_ summary: ConnectionSummary?) -> [StyledText] {
        guard let opening = summary?.opening else {
            return [StyledText(" It was open before the recording began.")]
        }
        var lines = [
            StyledText(" client   ", .dim).appending(opening.client.description, .client),
            StyledText(" server   ", .dim).appending(opening.server.description, .server),
            StyledText(" told by  ", .dim).appending(SafeText.escape(opening.source)),
        ]
        if opening.isTLS {
            lines.append(StyledText(" TLS      ", .dim).appending("what is shown is the plaintext inside"))
        }
        if opening.isMidstream {
            lines.append(StyledText(" ! the recording begins in the middle of it", .verdictWarning))
        }
        return lines
    }

    /// The head's first lines, and how many demands it meets.
    private func head(_ head: Event.Head?, _ width: Int) -> [StyledText] {
        guard let head else { return [] }
        var lines = [verdict(head)]
        for demand in head.demands {
            guard case .broken(let why) = demand.verdict else { continue }
            var line = StyledText(" ✗ \(demand.text): \(why)", .verdictBad)
            line.append("  " + demand.section.withoutMainRFC, .dim, endingAt: width - 1)
            lines.append(line)
        }
        let text = SafeText.escape(Array(head.head.bytes.prefix { $0 != 0x0d && $0 != 0x0a }))
        lines.append(StyledText(" " + text))
        lines += head.head.fields.map { field in
            StyledText(" \(SafeText.escape(field.name)): ", .dim).appending(SafeText.escape(field.value))
        }
        return lines
    }

    private func verdict(_ head: Event.Head) -> StyledText {
        guard head.isHandshake else { return StyledText(" plain HTTP, no WebSocket handshake", .dim) }
        let broken = head.demands.count(where: \.isBroken)
        let judged = head.demands.count { demand in
            if case .notApplicable = demand.verdict { false } else { true }
        }
        return broken == 0
            ? StyledText(" ✓ all \(judged) demands of the standard are met", .verdictGood).appending(
                "   Enter shows them one by one.", .dim)
            : StyledText(" ✗ \(broken) of \(judged) demands broken", .verdictBad).appending(
                "   Enter shows them one by one.", .dim)
    }

    private func established(_ summary: ConnectionSummary?) -> [StyledText] {
        guard let handshake = summary?.handshake else { return [] }
        return [
            StyledText(" after        ", .dim).appending(handshake.duration.map { Figure.duration($0) } ?? "–"),
            StyledText(" subprotocol  ", .dim).appending(handshake.subprotocol.map { SafeText.escape($0) } ?? "none"),
            StyledText(" compression  ", .dim).appending(
                handshake.compression == nil ? "none" : "permessage-deflate"),
        ]
    }
}
