import Connection
import Inspector
import Lint
import Wire

/// The lines from which the panels of a frame are put together.
struct FrameView {
    let watch: Watch
    let row: LogRow
    let frame: LogFrame
    let ruler: Ruler
    let position: RulerPosition
    let width: Int
    /// Beyond this the eye loses the line.
    private let textWidth: Int

    init(watch: Watch, row: LogRow, frame: LogFrame, width: Int) {
        self.watch = watch
        self.row = row
        self.frame = frame
        self.width = width
        textWidth = min(width, 104)
        ruler = Ruler(frame, payload: watch.cache.start(of: row))
        position = ruler.clamped(watch.ruler)
    }

    /// "frame 118  client → server  TEXT  14 bytes", and the views at the right.
    var title: StyledText {
        var line = StyledText(" frame \(Figure.count(frame.number))", .strong)
        if watch.scope == .all { line.append(" of #\(row.connection.rawValue)", .dim) }
        line.append("   \(frame.side) → \(frame.side.peer)", frame.side == .client ? .client : .server)
        line.append("   \(frame.shownOpcode)")
        line.append("   \(Figure.inBytes(frame.header.payloadLength))", .dim)
        let views = views
        line.append(String(repeating: " ", count: max(2, width - line.width - views.width - 1)))
        return line + views
    }

    private var views: StyledText {
        var line = StyledText("v ", .key)
        for view in PayloadView.allCases {
            let isOpen = view == watch.view
            line.append(isOpen ? "[\(view.title)]" : " \(view.title) ", isOpen ? .current : .dim)
        }
        return line
    }

    var bits: [StyledText] {
        let room = BitRuler.payloadRoom(frame, width: width)
        let first = position.byte.map { max(0, min($0 - room / 2, ruler.byteCount - room)) } ?? 0
        let plain = watch.cache.bytes(of: row, first..<(first + room))
        let wire = frame.header.maskingKey.map { key in plain.enumerated().map { $1 ^ key[first + $0] } } ?? plain
        return BitRuler(
            ruler: ruler, frame: frame, position: position, wire: wire, firstByte: first, width: width
        ).lines
    }

    /// What the selected field says, and of a payload byte how it is unmasked.
    var selection: [StyledText] {
        guard let field = ruler.field(at: position) else { return [] }
        if let byte = position.byte { return [self.byte(byte)] }
        var line = StyledText(" \(field.name.title) = ", .strong).appending(field.value, .strong)
        line.append("  ")
        line.pad(to: 14)
        let section = field.shownSection
        let room = textWidth - line.width - section.count - 4
        let words = field.meaning.wordWrapped(to: max(20, room))
        let indent = String(repeating: " ", count: line.width)
        return words.enumerated().map { index, text in
            guard index == 0 else { return StyledText(indent + text) }
            var first = line.appending(text)
            first.append(section, .dim, endingAt: textWidth - 1)
            return first
        }
    }

    private func byte(_ offset: Int) -> StyledText {
        var line = StyledText(" byte \(Figure.count(offset))", .strong)
        line.pad(to: 14)
        guard let plain = watch.cache.bytes(of: row, offset..<(offset + 1)).first else {
            return line.appending("not on disk yet", .dim)
        }
        if let key = frame.header.maskingKey {
            line.append(Figure.hex(plain ^ key[offset]), .strong)
            line.append(" masked   xor   ", .dim)
            line.append(Figure.hex(key[offset]), .strong)
            line.append(" key byte \(offset % 4)   =   ", .dim)
        }
        line.append(Figure.hex(plain), .strong)
        if (0x20..<0x7f).contains(plain) { line.append("  “\(Unicode.Scalar(plain))”") }
        if frame.header.isMasked { line.append("§5.3", .dim, endingAt: textWidth - 1) }
        return line
    }

    /// Every field on a line; the three reserved bits share one where there is little room and nothing to say of them.
    func table(isShort: Bool) -> [StyledText] {
        let header = frame.header
        let hasReserved = header.rsv1 || header.rsv2 || header.rsv3
        return ruler.fields.enumerated().compactMap { index, field in
            guard isShort, !hasReserved, field.name.isReserved else { return line(of: field, index == position.field) }
            guard field.name == .rsv1 else { return nil }
            let all = FrameField(
                .rsv1, bits: 1..<4, value: "000", meaning: "no extension uses them", section: field.section)
            return line(of: all, (index...(index + 2)).contains(position.field), title: "RSV1, 2, 3")
        }
    }

    private func line(of field: FrameField, _ isSelected: Bool, title: String? = nil) -> StyledText {
        var line = StyledText(isSelected ? " ▸" : "  ", .strong)
        line.append(title ?? field.name.shortTitle, isSelected ? .strong : .text)
        line.pad(to: 20)
        line.append(field.value.clipped(to: 22), isSelected ? .strong : .text)
        line.pad(to: 32)
        let section = field.shownSection
        line.append(field.meaning.clipped(to: max(8, textWidth - line.width - section.count - 2)), .dim)
        line.append(section, .dim, endingAt: textWidth - 1)
        return line
    }

    /// What is wrong with it, and how it belongs to others.
    var notes: [StyledText] {
        violations + findings + [relation].compactMap(\.self)
    }

    /// What the lint says, unless a violation says the same already.
    private var findings: [StyledText] {
        guard frame.rules.isEmpty else { return [] }
        return watch.marks.findings(in: row).prefix(3).map { finding in
            var line = StyledText(" \(finding.severity.sign) ", finding.severity.style)
            line.append("\(finding.rule) \(finding.slug)  ", .strong)
            return line.appending(finding.message.clipped(to: max(8, textWidth - line.width - 1)))
        }
    }

    private var violations: [StyledText] {
        let isCompressionAgreed = watch.summary(row.connection)?.handshake?.compression != nil
        return frame.violations(isCompressionAgreed: isCompressionAgreed).map { violation in
            var line = StyledText(" ✗ \(violation)", .verdictBad)
            line.append(violation.rule.section.withoutMainRFC, .dim, endingAt: textWidth - 1)
            return line
        }
    }

    private var relation: StyledText? {
        if !frame.isComplete {
            let text = "\(Figure.count(frame.received)) of \(Figure.inBytes(frame.header.payloadLength)) came"
            return StyledText(" ! \(text)", .verdictWarning)
        }
        switch frame.header.opcode {
        case .pong:
            guard let trip = frame.roundTrip else { return StyledText(" · nobody asked: an unsolicited pong", .dim) }
            return StyledText(" ✓ ", .verdictGood).appending("answers the ping after \(Figure.duration(trip))")
        case .ping:
            return frame.counterpart == nil
                ? StyledText(" · not answered yet", .dim)
                : StyledText(" ✓ ", .verdictGood).appending("answered by a pong")
        case .text, .binary, .continuation: return message
        case .close: return StyledText(" · e tells how the connection ended", .dim)
        case .reserved: return nil
        }
    }

    private var message: StyledText? {
        guard let number = frame.message else { return nil }
        var words = ["message \(Figure.count(number))"]
        let isWhole = frame.header.fin && frame.header.opcode != .continuation
        if !isWhole { words.append(frame.header.fin ? "its last fragment" : "a fragment of it") }
        if frame.isCompressed {
            let whole = frame.completesMessage ? watch.log.message(of: row, count: 0)?.count : nil
            words.append(whole.map { "compressed, inflates to \(Figure.inBytes($0))" } ?? "compressed")
        }
        if frame.isGuess { words.append("found by a guess") }
        return words.count > 1 ? StyledText(" · " + words.joined(separator: ", "), .dim) : nil
    }
}

extension FrameField {
    var shownSection: String { section.withoutMainRFC }
}

extension FrameField.Name {
    var isReserved: Bool { self == .rsv1 || self == .rsv2 || self == .rsv3 }

    /// The title, where there is little room.
    var shortTitle: String {
        switch self {
        case .extendedPayloadLength: "extended length"
        case .fin, .rsv1, .rsv2, .rsv3, .opcode, .mask, .payloadLength, .maskingKey, .applicationData, .statusCode,
            .reason:
            title
        }
    }
}

extension String {
    /// "RFC 6455 §5.2, RFC 9112 §4" → "§5.2, RFC 9112 §4": the standard this program is about needs no name.
    var withoutMainRFC: String { replacing("RFC 6455 ", with: "") }
}
