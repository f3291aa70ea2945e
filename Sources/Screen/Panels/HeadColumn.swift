import Connection
import Wire

/// A request or response line by line as it came, each line with the verdict of the demands that are about it.
struct HeadColumn {
    let head: Event.Head?
    let width: Int

    var lines: [StyledText] {
        guard let head else { return [StyledText(" none so far", .dim)] }
        let fields = head.head.fields.flatMap { field in
            line(SafeText.escape("\(field.name): \(field.value)"), verdict(head.demands) { $0.isNamed(field.name) })
        }
        return line(startLine(head.head), verdict(head.demands) { $0.field == nil }) + fields + missing(head)
    }

    private func startLine(_ head: HTTPHead) -> String {
        SafeText.escape(Array(head.bytes.prefix { $0 != 0x0d && $0 != 0x0a }))
    }

    /// Fields that are demanded and did not come.
    private func missing(_ head: Event.Head) -> [StyledText] {
        var seen: Set<String> = []
        return head.demands.flatMap { demand -> [StyledText] in
            guard demand.isBroken, let name = demand.field, head.head.values(name).isEmpty,
                seen.insert(name).inserted
            else { return [] }
            return line("\(name): –", .broken(""))
        }
    }

    /// The worst of the verdicts; nil where nothing is demanded.
    private func verdict(_ demands: [Demand], _ isAbout: (Demand) -> Bool) -> Demand.Verdict? {
        let about = demands.filter(isAbout)
        return about.first(where: \.isBroken)?.verdict ?? about.first { $0.verdict == .met }?.verdict
            ?? about.first?.verdict
    }

    /// The first piece and what has no room beside it, two columns further in.
    private static func pieces(_ text: String, _ room: Int) -> [String] {
        guard text.displayWidth > room, room > 4 else { return [text] }
        let first = StyledText(text).wrapped(to: room)[0].text
        return [first] + StyledText(String(text.dropFirst(first.count))).wrapped(to: room - 2).map(\.text)
    }

    /// The sign stands at the right of the first line; what has no room goes on below.
    private func line(_ text: String, _ verdict: Demand.Verdict?) -> [StyledText] {
        let room = width - 4
        let pieces = HeadColumn.pieces(text, room)
        let (sign, style) = verdict?.sign ?? (" ", .text)
        return pieces.enumerated().map { index, piece in
            var line = StyledText(index == 0 ? " " : "   ")
            if index == 0, let colon = piece.firstIndex(of: ":"), verdict != nil || !piece.isEmpty,
                !text.hasPrefix("HTTP/"), !text.hasPrefix("GET ")
            {
                line.append(String(piece[...colon]), .dim)
                line.append(String(piece[piece.index(after: colon)...]), style == .verdictBad ? style : .text)
            } else {
                line.append(piece, style == .verdictBad ? style : .text)
            }
            if index == 0 { line.append(sign, style, endingAt: width - 1) }
            return line
        }
    }
}

extension Demand {
    fileprivate func isNamed(_ name: String) -> Bool { field.map { $0.lowercased() == name.lowercased() } ?? false }
}
