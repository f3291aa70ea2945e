import Connection
import Wire

/// Everything but frames and messages.
extension JSONLPrinter {
    mutating func tell(_ opening: Opening) {
        string("client", "\(opening.client)")
        string("server", "\(opening.server)")
        string("source", opening.source)
        truth("tls", opening.isTLS)
        truth("midstream", opening.isMidstream)
    }

    mutating func tell(_ head: Event.Head) {
        switch head.head.startLine {
        case .request(let method, let target, let version):
            string("method", method)
            string("target", target)
            string("version", version)
        case .response(let version, let status, let phrase):
            string("version", version)
            number("status", UInt64(status))
            string("phrase", phrase)
        case .malformed: break
        }
        output.line.key("fields")
        list(head.head.fields) { printer, field in
            printer.output.line.add("[")
            printer.output.line.quoted(field.name)
            printer.output.line.add(",")
            printer.output.line.quoted(field.value)
            printer.output.line.add("]")
        }
        truth("handshake", head.isHandshake)
        guard !head.demands.isEmpty else { return }
        output.line.key("demands")
        list(head.demands) { printer, demand in printer.tell(demand) }
    }

    private mutating func tell(_ demand: Demand) {
        output.line.add("{\"demand\":")
        output.line.quoted(demand.text)
        switch demand.verdict {
        case .met: string("verdict", "met")
        case .broken(let reason):
            string("verdict", "broken")
            string("reason", reason)
        case .notApplicable(let reason):
            string("verdict", "notApplicable")
            string("reason", reason)
        }
        string("section", demand.section)
        output.line.add("}")
    }

    mutating func tell(_ handshake: Event.Handshake) {
        if let subprotocol = handshake.subprotocol { string("subprotocol", subprotocol) }
        if let compression = handshake.compression {
            output.line.key("compression")
            output.line.add("{\"name\":\"permessage-deflate\"")
            truth("clientNoContextTakeover", compression.clientNoContextTakeover)
            truth("serverNoContextTakeover", compression.serverNoContextTakeover)
            number("clientMaxWindowBits", UInt64(compression.clientMaxWindowBits))
            number("serverMaxWindowBits", UInt64(compression.serverMaxWindowBits))
            output.line.add("}")
        }
        if let duration = handshake.duration { number("durationNanoseconds", UInt64(max(0, duration))) }
    }

    mutating func tell(_ closure: Closure) {
        truth("established", closure.wasEstablished)
        truth("clean", closure.isClean)
        if let first = closure.first { string("first", "\(first)") }
        if let duration = closure.closingHandshake {
            number("closingHandshakeNanoseconds", UInt64(max(0, duration)))
        }
        output.line.key("wire")
        sides { printer, side in
            guard let close = closure.wire[side] else { return false }
            printer.begin(side, "\"frame\":")
            printer.output.line.number(close.frame)
            if case .status(let code, _) = close.payload {
                printer.number("code", UInt64(code.rawValue))
                printer.string("reason", close.payload.reason)
            }
            return true
        }
        output.line.key("concluded")
        sides { printer, side in printer.tell(closure.concluded[side], side) }
        output.line.key("tcp")
        sides { printer, side in
            guard let end = closure.tcp[side] else { return false }
            printer.begin(side, end.kind == .fin ? "\"end\":\"fin\"" : "\"end\":\"reset\"")
            return true
        }
        output.line.key("traffic")
        sides { printer, side in
            let traffic = closure.traffic[side]
            printer.begin(side, "\"bytes\":")
            printer.output.line.number(traffic.bytes)
            printer.number("frames", traffic.frames)
            printer.number("messages", traffic.messages)
            printer.number("applicationBytes", traffic.applicationBytes)
            printer.number("violations", traffic.violations)
            printer.number("undecodedBytes", traffic.undecodedBytes)
            return true
        }
    }

    private mutating func tell(_ conclusion: Closure.Conclusion, _ side: Side) -> Bool {
        switch conclusion {
        case .open: return false
        case .unknown: begin(side, "\"code\":null")
        case .closed(let code, let isClean, let rule):
            begin(side, "\"code\":")
            output.line.number(UInt64(code.rawValue))
            truth("clean", isClean)
            if let rule { string("failedOn", rule.rawValue) }
        }
        return true
    }

    private mutating func begin(_ side: Side, _ first: StaticString) {
        output.line.quoted("\(side)")
        output.line.add(":{")
        output.line.add(first)
    }

    /// An object with a member for each side for which `member` begins one.
    private mutating func sides(_ member: (inout JSONLPrinter, Side) -> Bool) {
        output.line.add("{")
        var isFirst = true
        for side in Side.allCases {
            let before = output.line.bytes.count
            if !isFirst { output.line.add(",") }
            if member(&self, side) {
                output.line.add("}")
                isFirst = false
            } else {
                output.line.bytes.removeLast(output.line.bytes.count - before)
            }
        }
        output.line.add("}")
    }

    private mutating func list<Element>(_ elements: [Element], _ tell: (inout JSONLPrinter, Element) -> Void) {
        output.line.add("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { output.line.add(",") }
            tell(&self, element)
        }
        output.line.add("]")
    }
}
