import Connection
import Inspector
import Lint
import Wire

/// One row of the ladder as text: time, then an arrow between client and server with what was sent.
struct LadderLine {
    let row: LogRow
    /// The row drawn above this one, whose second need not be repeated.
    let previous: LogRow?
    /// The row before this one, drawn or not.
    let before: LogRow?
    let join: Character
    let watch: Watch
    let width: Int

    /// Beyond this an arrow tells no more.
    static let maximumWidth = 110
    static let joinWidth = 2

    static func isRoomy(_ width: Int) -> Bool { width >= 70 }
    /// Marker, time, blank.
    static func timeWidth(_ width: Int) -> Int { isRoomy(width) ? 14 : 9 }

    func text(isSelected: Bool) -> StyledText {
        let isMatch = watch.showsAll && watch.filter?.contains(row.id) == true
        var line = StyledText(isSelected ? "▸" : isMatch ? "•" : " ", .strong)
        let time = time
        line.append(time.leftPadded(to: LadderLine.timeWidth(width) - 2), .dim)
        let severity = watch.marks.severity(of: row)
        line.append(severity?.sign ?? " ", severity?.style ?? .text)
        if watch.scope == .all { line.append("#\(row.connection.rawValue) ".padded(to: 4), .dim) }
        line.append(lane(min(width, LadderLine.maximumWidth) - line.width - LadderLine.joinWidth))
        line.append(" \(join)", .dim)
        return line
    }

    private var time: String {
        switch watch.clock {
        case .day:
            let own = TimeOfDay(row.time, offset: watch.timeZone)
            if let previous, TimeOfDay(previous.time, offset: watch.timeZone).isSameSecond(as: own) {
                return own.fraction
            }
            return LadderLine.isRoomy(width) ? own.full : own.secondsOnly
        case .sinceOpening:
            let opened = watch.summary(row.connection)?.opened ?? row.time
            let milliseconds = max(0, row.time.since(opened)) / 1_000_000
            guard milliseconds < 1_000_000 else { return Figure.age(milliseconds * 1_000_000) }
            return Figure.decimal(Double(milliseconds) / 1000, places: 3)
        case .sincePrevious:
            return before.map { Figure.duration(row.time.since($0.time)) } ?? "–"
        }
    }

    private func lane(_ width: Int) -> StyledText {
        switch row.kind {
        case .opened: return note(opening(width), .dim, width)
        case .request(let isHandshake, let broken):
            return arrow(.client, isHandshake ? "━" : "─", head(broken), width)
        case .response(_, let isHandshake, let broken):
            return arrow(.server, isHandshake ? "━" : "─", head(broken), width)
        case .established: return note(established, .verdictGood, width)
        case .frame(let frame): return self.frame(frame, width)
        case .guessed(let side): return note("! frames of the \(side) are a guess", .verdictWarning, width)
        case .undecoded(let side, let why): return note("! \(side): \(why.inWords)", .verdictWarning, width)
        case .hole(let side, let count):
            let bytes = count.map { Figure.inBytes($0) } ?? "bytes"
            return note("! \(bytes) of the \(side) missing", .verdictWarning, width)
        case .effect:
            return note("! ws101: " + SafeText.escape(watch.log.text(of: row)), .verdictWarning, width)
        case .fin(let side): return arrow(side, "═", StyledText("FIN", .dim), width)
        case .reset(let side): return arrow(side, "═", StyledText("✗ RST", .verdictBad), width)
        case .closed: return note(closed, .dim, width)
        }
    }

    /// Something that neither side sent.
    private func note(_ text: String, _ style: Style, _ width: Int) -> StyledText {
        guard text.displayWidth + 4 <= width else { return StyledText(text.clipped(to: width), style) }
        let text = " \(text) "
        let space = width - text.displayWidth
        var line = StyledText(String(repeating: "╌", count: space / 2), .rule)
        line.append(text, style)
        line.append(String(repeating: "╌", count: space - space / 2), .rule)
        return line
    }

    /// What one side sent, with an arrow to the other.
    private func arrow(_ side: Side, _ shaft: Character, _ content: StyledText, _ width: Int) -> StyledText {
        let style: Style = side == .client ? .client : .server
        let shafts = String(repeating: shaft, count: max(1, width - content.width - 2))
        switch side {
        case .client: return content + StyledText(" " + shafts, style).appending("▶", style)
        case .server: return StyledText("◀" + shafts + " ", style) + content
        }
    }

    private func frame(_ frame: LogFrame, _ width: Int) -> StyledText {
        let style: Style = frame.side == .client ? .client : .server
        var content = StyledText(frame.rules.isEmpty ? "" : "✗ ", .verdictBad)
        content.append(frame.shownOpcode, frame.rules.isEmpty ? style : .verdictBad)
        content.append(" \(Figure.count(frame.header.payloadLength))\(frame.isCompressed ? "z" : "")", .dim)
        var tail = frame.roundTrip.map { " " + Figure.duration($0) } ?? ""
        let room = width - content.width - tail.displayWidth - 5
        if let rule = frame.rules.first {
            content.append(" " + rule.explanation.clipped(to: max(0, room)), .verdictBad)
        } else if room > 3 {
            let preview = watch.cache.preview(of: row, frame).clipped(to: room)
            if !preview.isEmpty { content.append(" " + preview) }
        }
        if !frame.isComplete { tail += " !" }
        let shaft: Character = frame.header.isControl ? "┄" : "─"
        if frame.side == .server { return arrow(.server, shaft, content.appending(tail, .strong), width) }
        return arrow(.client, shaft, content, width - tail.displayWidth).appending(tail, .strong)
    }
}

// MARK: - Words

extension LadderLine {
    private func opening(_ width: Int) -> String {
        guard let opening = watch.summary(row.connection)?.opening else { return "already open" }
        let tls = opening.isTLS ? "TLS " : ""
        let full = "\(tls)\(opening.client) → \(opening.server)"
        return full.displayWidth + 4 <= width ? full : "\(tls)from \(opening.client)"
    }

    private var established: String {
        guard let handshake = watch.summary(row.connection)?.handshake else { return "open" }
        var words = ["open"]
        if let subprotocol = handshake.subprotocol { words.append(SafeText.escape(subprotocol)) }
        if handshake.compression != nil { words.append("permessage-deflate") }
        return words.joined(separator: " · ")
    }

    private var closed: String {
        guard let ending = watch.summary(row.connection)?.closure.map({ Ending($0) }) else { return "closed" }
        return ending.isOver ? "closed \(ending.text)" : "recording ends \(ending.text)"
    }

    /// The start line of the head, with how it was judged.
    private func head(_ broken: Int) -> StyledText {
        let bytes = watch.log.text(of: row)
        let line = bytes.prefix { $0 != 0x0d && $0 != 0x0a }
        var text = SafeText.escape(Array(line))
        for end in [" HTTP/1.1", "HTTP/1.1 "] where text.contains(end) {
            text = text.replacing(end, with: "", maxReplacements: 1)
        }
        var content = StyledText(text.clipped(to: max(8, width - LadderLine.timeWidth(width) - 12)))
        content.append(broken == 0 ? " ✓" : " ✗ \(broken)", broken == 0 ? .verdictGood : .verdictBad)
        return content
    }
}

extension LogFrame {
    /// The opcode as the ladder shows it; dots where a message goes on.
    var shownOpcode: String {
        let name =
            switch header.opcode {
            case .continuation: "…CONT"
            case .text: "TEXT"
            case .binary: "BINARY"
            case .close: "CLOSE"
            case .ping: "PING"
            case .pong: "PONG"
            case .reserved(let bits): "0x" + String(bits, radix: 16)
            }
        return header.fin || header.isControl ? name : name + "…"
    }
}

extension Event.Undecoded {
    var inWords: String {
        switch self {
        case .notHTTP: "does not begin with HTTP"
        case .headTooLarge: "an HTTP head without end"
        case .otherProtocol: "another protocol from here on"
        case .midstream: "recording begins inside a frame"
        case .afterHole: "no frame found after the hole"
        case .beforeAnswer: "too much before the server's answer"
        case .afterEnd: "bytes after the end"
        case .cutHeader: "a frame's header was cut off"
        }
    }
}
