import Connection
import Inspector
import Wire

/// How a connection ended: what was on the wire, what each endpoint concluded, what TCP did.
struct ClosingPanel: ScrollingPanel {
    static let bindings = ScrollBindings.all

    let summary: ConnectionSummary
    let timeZone: Int
    let scroll: Int

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        var title = StyledText(" how it ended", .strong)
        title.append("   #\(summary.id.rawValue) \(summary.shownPath)")
        if let closure = summary.closure {
            let ending = Ending(closure)
            title.append("   \(ending.text)", ending.style)
        }
        canvas.draw(title, row: 0, in: rest.takeTop(1))
        _ = rest.takeTop(1)
        canvas.draw(lines(width: area.width).dropFirst(scroll), in: rest)
    }

    func scrollLimit(in area: Rect) -> Int { max(0, lines(width: area.width).count - area.height + 2) }

    func lines(width: Int) -> [StyledText] {
        guard let closure = summary.closure else {
            return [StyledText(" It has not: the connection is open. No Close, FIN or RST was seen so far.")]
        }
        return ClosureView(closure: closure, timeZone: timeZone, width: width).lines + [""]
            + explanation(closure, width)
    }

    private func explanation(_ closure: Closure, _ width: Int) -> [StyledText] {
        var codes: [StatusCode] = []
        for side in Side.allCases {
            if let code = closure.wire[side]?.payload.closeCode, !codes.contains(code) { codes.append(code) }
            if case .closed(let code, _, _) = closure.concluded[side], !codes.contains(code) { codes.append(code) }
        }
        return codes.flatMap { code -> [StyledText] in
            let text = code.inWords.wordWrapped(to: width - 16)
            return text.enumerated().map { index, line in
                StyledText(index == 0 ? " \(code)" : "", .strong).padding(to: 14).appending(line)
            }
        }
    }
}

/// The three truths as lines.
struct ClosureView {
    let closure: Closure
    let timeZone: Int
    let width: Int

    var lines: [StyledText] {
        guard closure.wasEstablished else {
            return [line("on the wire", nil).appending("no WebSocket connection came about, so nothing to close"), tcp]
        }
        return onWire + (width > 90 ? [""] : []) + concluded + (width > 90 ? [""] : []) + [tcp]
    }

    private func line(_ name: String, _ time: Timestamp?) -> StyledText {
        var line = StyledText(" \(name)", .dim).padding(to: 14)
        line.append(time.map { TimeOfDay($0, offset: timeZone).minutes } ?? "", .dim)
        return line.padding(to: 25)
    }

    private var onWire: [StyledText] {
        let sides = Side.allCases.filter { closure.wire[$0] != nil }.sorted { side, _ in side == closure.first }
        guard !sides.isEmpty else {
            let isOver = Ending(closure).isOver
            let text = isOver ? "✗ no Close frame from either side" : "no Close frame so far"
            return [line("on the wire", nil).appending(text, isOver ? .verdictBad : .dim)]
        }
        var lines = sides.enumerated().compactMap { index, side in
            closure.wire[side].map { close in
                var line = line(index == 0 ? "on the wire" : "", close.time)
                line.append(arrow(side, close.payload), side == .client ? .client : .server)
                let remark =
                    index == 0 ? "first to move" : closure.closingHandshake.map { "\(Figure.duration($0)) later" } ?? ""
                line.append(remark, .dim, endingAt: width - 1)
                return line
            }
        }
        for side in sides {
            guard case .status(_, let bytes)? = closure.wire[side]?.payload else { continue }
            let reason = SafeText.escape(bytes)
            guard reason.displayWidth > ClosureView.reasonRoom(width) else { continue }
            for (index, text) in reason.wordWrapped(to: width - 27).enumerated() {
                let name = StyledText(index == 0 ? " reason" : "", .dim).padding(to: 14)
                lines.append(name.appending(index == 0 ? "\(side)" : "", .dim).padding(to: 25).appending(text))
            }
        }
        if sides.count == 1 {
            lines.append(line("", nil).appending("✗ no Close from the \(sides[0].peer)", .verdictBad))
        }
        return lines
    }

    /// Columns for a reason within its arrow.
    private static func reasonRoom(_ width: Int) -> Int { max(8, width - 67) }

    private func arrow(_ side: Side, _ payload: ClosePayload) -> String {
        let room = ClosureView.reasonRoom(width)
        let text: String =
            switch payload {
            case .empty: "CLOSE without code"
            case .truncated: "CLOSE with one byte"
            case .status(let code, let reason):
                reason.isEmpty ? "CLOSE \(code)" : "CLOSE \(code) “\(SafeText.escape(reason).clipped(to: room))”"
            }
        return "\(side) ── \(text) ──▶"
    }

    private var concluded: [StyledText] {
        Side.allCases.enumerated().map { index, side in
            var line = line(index == 0 ? "concluded" : "", nil)
            line.append("\(side)  ", side == .client ? .client : .server)
            let (text, style) = closure.concluded[side].inWords
            line.append(text, style)
            let section = "§7.1.4, §7.1.5"
            if index == 0, line.width + section.count + 2 < width { line.append(section, .dim, endingAt: width - 1) }
            return line
        }
    }

    private var tcp: StyledText {
        let ends = Side.allCases.compactMap { side in closure.tcp[side].map { (side, $0) } }
            .sorted { left, _ in left.0 == closure.firstToEnd }
        var line = line("TCP", ends.first?.1.time)
        guard !ends.isEmpty else { return line.appending("nothing yet", .dim) }
        for (index, (side, end)) in ends.enumerated() {
            line.append(index == 0 ? "" : ", then ")
            switch end.kind {
            case .fin: line.append("FIN from the \(side)")
            case .reset: line.append("✗ RST from the \(side)", .verdictBad)
            }
        }
        return line
    }
}

extension Closure.Conclusion {
    fileprivate var inWords: (text: String, style: Style) {
        switch self {
        case .open: ("open", .text)
        case .unknown: ("unknown: the recording lacks what would tell", .dim)
        case .closed(let code, let isClean, let failedOn):
            (
                "\(code), " + (isClean ? "clean ✓" : "not clean ✗")
                    + (failedOn.map { "; it failed the connection: \($0.explanation)" } ?? ""),
                isClean ? .text : .verdictBad
            )
        }
    }
}

extension StatusCode {
    /// What the number means for a person who wonders why.
    fileprivate var inWords: String {
        switch rawValue {
        case 1000: "normal closure: the purpose of the connection is fulfilled."
        case 1001: "going away: a server that shuts down, or a page that is left."
        case 1002: "protocol error: the other side broke a rule of the protocol."
        case 1003: "unsupported data: it got a kind of message that it does not take, such as binary."
        case 1005: "no status received: a Close without a code came. Never on the wire, §7.4.1."
        case 1006: "abnormal closure: TCP ended without a Close frame. Never on the wire, §7.4.1."
        case 1007: "invalid payload: text that is not UTF-8, or compressed bytes that cannot be inflated."
        case 1008: "policy violation: a rule of the application was broken."
        case 1009: "message too big: it is larger than the other side takes."
        case 1010: "mandatory extension: the server did not agree to an extension that the client needs."
        case 1011: "internal error: something failed at the side that closed, often a server's handler."
        default: (meaning ?? "nobody gave this number a meaning") + "."
        }
    }
}

extension StyledText {
    func padding(to column: Int) -> StyledText {
        var copy = self
        copy.pad(to: column)
        return copy
    }
}
