import Connection
import Wire

/// Everything but frames and messages: rare enough for strings.
extension TextPrinter {
    mutating func rare(_ event: borrowing Event) {
        switch event.kind {
        case .opened(let opening):
            tell(
                "opened",
                "\(opening.client) → \(opening.server)  \(SafeText.escape(opening.source))"
                    + (opening.isTLS ? "  inside TLS" : "") + (opening.isMidstream ? "  already under way" : ""))
        case .head(let head): tell(head)
        case .established(let handshake): tell("open", TextPrinter.describe(handshake))
        case .guessed: tell("guess", "frames seem to begin here")
        case .undecoded(_, let reason):
            let canBeGuessed = reason == .midstream || reason == .afterHole
            tell("undecoded", reason.explanation + (canBeGuessed ? "  (--guess looks for frames)" : ""))
        case .hole(_, let count):
            tell("hole", count.map { "\(TextPrinter.count($0)) bytes are missing" } ?? "bytes are missing")
        case .effect(let text): tell("effect", SafeText.escape(text))
        case .fin: tell("FIN", "")
        case .reset: tell("RST", "")
        case .closed(let closure): tell("closed", TextPrinter.describe(closure))
        case .frame, .message, .closing: break
        }
    }

    private mutating func tell(_ label: String, _ text: String) {
        output.line.text(label)
        guard !text.isEmpty else { return }
        output.line.spaces(13 - label.utf8.count)
        output.line.spaces(12)
        output.line.text(text)
    }

    private mutating func tell(_ head: Event.Head) {
        let label = head.side == .client ? "request" : "response"
        output.line.text(label)
        output.line.spaces(13 - label.utf8.count)
        output.line.number(UInt64(head.head.bytes.count), width: 10, isGrouped: true)
        output.line.add("  ")
        switch head.head.startLine {
        case .request(let method, let target, _): output.line.safe("\(method) \(target)")
        case .response(_, let status, let phrase): output.line.safe("\(status) \(phrase)")
        case .malformed: output.line.add("malformed")
        }
        guard head.isHandshake else { return }
        if let status = head.head.status, status != 101 {
            output.line.add("  refused")
            return
        }
        guard !head.demands.isEmpty else {
            output.line.add("  upgrade, to a request that is not in the recording")
            return
        }
        let broken = head.demands.filter(\.isBroken)
        output.line.text(broken.isEmpty ? "  ✓ upgrade" : "  ✗ ")
        output.line.text(broken.map { TextPrinter.describe($0) }.joined(separator: "; "))
    }

    private static func describe(_ demand: Demand) -> String {
        let reason =
            switch demand.verdict {
            case .broken(let reason): ": \(reason)"
            case .met, .notApplicable: ""
            }
        return "\(demand.text)\(reason) (\(demand.section))"
    }

    private static func describe(_ handshake: Event.Handshake) -> String {
        var parts: [String] = []
        if let subprotocol = handshake.subprotocol { parts.append("subprotocol " + SafeText.escape(subprotocol)) }
        if let compression = handshake.compression {
            let sides = Side.allCases.map { side in
                "\(side) \(compression.windowBits(of: side)) bits"
                    + (compression.noContextTakeover(of: side) ? " no takeover" : "")
            }
            parts.append("permessage-deflate: " + sides.joined(separator: ", "))
        }
        if let duration = handshake.duration { parts.append("handshake took " + TextPrinter.duration(duration)) }
        return parts.joined(separator: "  ")
    }

    private static func duration(_ nanoseconds: Int64) -> String {
        var line = LineBuffer()
        line.duration(nanoseconds)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    private static func count(_ value: UInt64) -> String {
        var line = LineBuffer()
        line.number(value, isGrouped: true)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    /// The three truths in one line.
    private static func describe(_ closure: Closure) -> String {
        let tcp = "TCP: \(describeTCP(closure))\(describeUndecoded(closure))"
        guard closure.wasEstablished else { return "never a WebSocket connection  \(tcp)" }
        return "wire: \(describeWire(closure))  concluded: \(describeConclusions(closure))  \(tcp)"
    }

    private static func describeWire(_ closure: Closure) -> String {
        guard let first = closure.first else {
            return describeUndecoded(closure).isEmpty ? "no Close" : "no Close seen"
        }
        let sides = [first, first.peer].compactMap { side -> String? in
            guard let close = closure.wire[side] else { return nil }
            var text = "\(side) "
            switch close.payload {
            case .empty: text += "without code"
            case .truncated: text += "with one byte"
            case .status(let code, let reason):
                text += "\(code)" + (reason.isEmpty ? "" : " \"\(SafeText.escape(reason))\"")
            }
            if side != first, let delay = closure.closingHandshake { text += " after \(duration(delay))" }
            return text
        }
        return sides.joined(separator: ", ")
    }

    private static func describeUndecoded(_ closure: Closure) -> String {
        let sides = Side.allCases.filter { closure.traffic[$0].undecodedBytes > 0 }
        guard !sides.isEmpty else { return "" }
        return "  undecoded: "
            + sides.map { "\($0) \(count(closure.traffic[$0].undecodedBytes)) bytes" }.joined(separator: ", ")
    }

    private static func describeConclusions(_ closure: Closure) -> String {
        let both = closure.concluded
        if both.client == both.server { return "both \(describe(both.client))" }
        return "client \(describe(both.client)), server \(describe(both.server))"
    }

    private static func describe(_ conclusion: Closure.Conclusion) -> String {
        switch conclusion {
        case .open: return "nothing yet"
        case .unknown: return "unknown"
        case .closed(let code, let isClean, let rule):
            let failure = rule.map { ", failed because \($0.explanation)" } ?? ""
            return "\(code) \(isClean ? "clean" : "not clean")\(failure)"
        }
    }

    private static func describeTCP(_ closure: Closure) -> String {
        guard let first = closure.firstToEnd else { return "open" }
        let sides = [first, first.peer].compactMap { side in
            closure.tcp[side].map { "\($0.kind == .fin ? "FIN" : "RST") from \(side)" }
        }
        return sides.joined(separator: ", ")
    }
}
