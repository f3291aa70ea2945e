import Connection
import Inspector
import Wire

/// The opening handshake: request and response side by side, how the accept key follows from the key, and everything
/// the standard demands with its verdict.
struct HandshakePanel: ScrollingPanel {
    static let bindings = ScrollBindings.all

    let summary: ConnectionSummary
    let scroll: Int

    func draw(on canvas: inout Canvas, in area: Rect) {
        var rest = area
        let all = lines(width: area.width)
        let titleRow = rest.takeTop(1)
        var title = StyledText(" opening handshake", .strong)
        title.append("   #\(summary.id.rawValue) \(summary.shownPath)")
        title.append("   \(verdict.text)", verdict.style)
        let progress = HandshakePanel.progress(scroll, visible: rest.height, of: all.count)
        if title.width + progress.count + 2 < area.width { title.append(progress, .dim, endingAt: area.width - 1) }
        canvas.draw(title, row: 0, in: titleRow)
        canvas.draw(all.dropFirst(scroll), in: rest)
    }

    func scrollLimit(in area: Rect) -> Int { max(0, lines(width: area.width).count - area.height + 1) }

    private var verdict: (text: String, style: Style) {
        let broken = demands.count(where: \.isBroken)
        if broken > 0 { return ("✗ \(Figure.counted(broken, "demand")) broken", .verdictBad) }
        guard let handshake = summary.handshake else {
            return summary.request == nil ? ("not recorded", .dim) : ("· not complete", .dim)
        }
        return ("✓ complete" + (handshake.duration.map { " after \(Figure.duration($0))" } ?? ""), .verdictGood)
    }

    private var demands: [Demand] { (summary.request?.demands ?? []) + (summary.response?.demands ?? []) }

    private func lines(width: Int) -> [StyledText] {
        guard summary.request != nil || summary.response != nil else {
            return ["", StyledText(" The recording begins after the handshake, so nobody knows what was agreed.")]
        }
        let heads = heads(width: width)
        let width = min(width, 104)
        return heads + agreement(width: width) + derivation(width: width)
            + section("what the standard demands of the request", width) + demandLines(summary.request, width)
            + section("what it demands of the response", width) + demandLines(summary.response, width)
    }

    private func section(_ title: String, _ width: Int) -> [StyledText] {
        let line = StyledText("── ", .rule).appending(title, .strong).appending(" ")
        return [line.appending(String(repeating: "─", count: max(0, width - line.width)), .rule)]
    }

    // MARK: - Side by side

    private func heads(width: Int) -> [StyledText] {
        let column = (width - 1) / 2
        var lines = [beside(StyledText(" request", .client), StyledText(" response", .server), column)]
        let left = HeadColumn(head: summary.request, width: column).lines
        let right = HeadColumn(head: summary.response, width: width - column - 1).lines
        for index in 0..<max(left.count, right.count) {
            lines.append(
                beside(
                    left.indices.contains(index) ? left[index] : "", right.indices.contains(index) ? right[index] : "",
                    column))
        }
        return lines
    }

    private func beside(_ left: StyledText, _ right: StyledText, _ column: Int) -> StyledText {
        var line = left
        line.append(String(repeating: " ", count: max(0, column - left.width)))
        line.append("│", .rule)
        return line + right
    }

    // MARK: - What was agreed

    private func agreement(width: Int) -> [StyledText] {
        guard let handshake = summary.handshake else { return [] }
        var lines = section("what was agreed", width)
        let subprotocol = handshake.subprotocol.map { SafeText.escape($0) } ?? "none"
        lines.append(StyledText(" subprotocol   ", .dim).appending(subprotocol))
        lines.append(StyledText(" compression   ", .dim).appending(handshake.compression?.inWords ?? "none"))
        return lines
    }

    // MARK: - The accept key

    private func derivation(width: Int) -> [StyledText] {
        guard let key = summary.request?.head.values("Sec-WebSocket-Key").first else { return [] }
        let accept = AcceptKey(key: key)
        let answered = summary.response?.head.values("Sec-WebSocket-Accept").first
        var lines = section("from the key to the accept value", width)
        let isValid = AcceptExplanation(accept).isKeyValid
        let remark = isValid ? "16 random bytes, base64" : "✗ not 16 bytes in base64"
        lines.append(
            step("key", SafeText.escape(key), remark, "§4.1", width, style: isValid ? .dim : .verdictBad))
        lines.append(step("+ GUID", AcceptKey.guid, "the same for everyone", "§1.3", width))
        lines.append(step("SHA-1", Figure.hex(accept.digest), "", "", width))
        let verdict =
            switch answered {
            case nil: ("no answer has it", Style.dim)
            case accept.accept?: ("equals the answer ✓", Style.verdictGood)
            case .some: ("differs from the answer ✗", Style.verdictBad)
            }
        lines.append(step("base64", accept.accept, verdict.0, "§4.2.2", width, style: verdict.1))
        if let answered, answered != accept.accept {
            lines.append(step("answer", SafeText.escape(answered), "", "", width, style: .verdictBad))
        }
        return lines
    }

    private func step(
        _ name: String, _ value: String, _ remark: String, _ section: String, _ width: Int, style: Style = .dim
    ) -> StyledText {
        var line = StyledText(" \(name)", .dim)
        line.pad(to: 10)
        line.append(value, style == .verdictBad && remark.isEmpty ? style : .strong)
        if !remark.isEmpty {
            line.pad(to: 48)
            line.append(remark, style)
        }
        if !section.isEmpty { line.append(section, .dim, endingAt: width - 1) }
        return line
    }

    // MARK: - Demands

    private func demandLines(_ head: Event.Head?, _ width: Int) -> [StyledText] {
        if let head, head.demands.isEmpty { return [StyledText(" not judged: that takes request and response", .dim)] }
        guard let head else { return [StyledText(" none came, or none that could be read", .dim)] }
        return head.demands.flatMap { demand -> [StyledText] in
            let (sign, style) = demand.verdict.sign
            let isDim = style == .dim
            var line = StyledText(" \(sign) ", style).appending(demand.text, isDim ? .dim : .text)
            line.append(demand.section.withoutMainRFC, .dim, endingAt: width - 1)
            let remarks: [String] =
                switch demand.verdict {
                case .met: demand.note.map { [$0] } ?? []
                case .broken(let why), .notApplicable(let why): [why]
                }
            let below = remarks.flatMap { $0.wordWrapped(to: width - 8) }
            return [line] + below.map { StyledText("     " + $0, isDim || style == .verdictGood ? .dim : style) }
        }
    }
}

extension Demand.Verdict {
    var sign: (text: String, style: Style) {
        switch self {
        case .met: ("✓", .verdictGood)
        case .broken: ("✗", .verdictBad)
        case .notApplicable: ("·", .dim)
        }
    }
}

extension DeflateParameters {
    /// "permessage-deflate, client takes no context over, server's window 10 bits"
    fileprivate var inWords: String {
        var words = ["permessage-deflate"]
        if clientNoContextTakeover { words.append("client keeps no context") }
        if serverNoContextTakeover { words.append("server keeps no context") }
        if clientMaxWindowBits < 15 { words.append("client's window \(clientMaxWindowBits) bits") }
        if serverMaxWindowBits < 15 { words.append("server's window \(serverMaxWindowBits) bits") }
        return words.joined(separator: ", ")
    }
}
