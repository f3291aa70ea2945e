import Connection
import Wire

/// A request or response line by line as it came, each line with the verdict of the demands that are about it.
struct HeadColumn {
    let head: Event.Head?
    let width: Int

    var lines: [StyledText] {
        guard let head else { return [StyledText(" none so far", .dim)] }
        let start = SafeText.escape(Array(head.head.bytes.prefix { $0 != 0x0d && $0 != 0x0a }))
        let fields = head.head.fields.flatMap { field in
            line(
                "\(SafeText.escape(field.name)):", SafeText.escape(field.value),
                verdict(head.demands) { $0.isNamed(field.name) })
        }
        return line("", start, verdict(head.demands) { $0.field == nil }) + fields + missing(head)
    }

    /// Fields that are demanded and did not come.
    private func missing(_ head: Event.Head) -> [StyledText] {
        var seen: Set<String> = []
        return head.demands.flatMap { demand -> [StyledText] in
            guard demand.isBroken, let name = demand.field, head.head.values(name).isEmpty,
                seen.insert(name).inserted
            else { return [] }
            return line("\(name):", "– missing", demand.verdict)
        }
    }

    /// The worst of the verdicts; nil where nothing is demanded.
    private func verdict(_ demands: [Demand], _ isAbout: (Demand) -> Bool) -> Demand.Verdict? {
        let about = demands.filter(isAbout)
        return about.first(where: \.isBroken)?.verdict ?? about.first { $0.verdict == .met }?.verdict
            ?? about.first?.verdict
    }

    /// The sign stands at the right of the first line; a value that has no room beside its name goes below.
    private func line(_ name: String, _ value: String, _ verdict: Demand.Verdict?) -> [StyledText] {
        let (sign, signStyle) = verdict?.sign ?? (" ", .text)
        let style: Style = signStyle == .verdictBad ? .verdictBad : .text
        let room = max(8, width - 4)
        var first = StyledText(" ").appending(name, .dim)
        var below: [String] = []
        let gap = name.isEmpty ? "" : " "
        if first.width + gap.count + value.displayWidth <= room + 1 {
            first.append(gap + value, style)
        } else if name.isEmpty {
            below = value.wordWrapped(to: room - 2)
            first.append(below.removeFirst(), style)
        } else {
            below = value.wordWrapped(to: room - 2)
        }
        first.append(sign, signStyle, endingAt: width - 1)
        return [first] + below.map { StyledText("   ").appending($0, style) }
    }
}

extension Demand {
    fileprivate func isNamed(_ name: String) -> Bool { field.map { $0.lowercased() == name.lowercased() } ?? false }
}
