package import Connection
import Wire

/// Events as JSON Lines: one object a line, with stable keys.
///
/// Every object has `time` (RFC 3339, UTC, nanoseconds), `connection` and `event`; where a side sent it, `from`:
/// - `opened`: `client`, `server` (addresses), `source`, `tls`, `midstream`
/// - `request`, `response`: `method`, `target`, `version` or `version`, `status`, `phrase`; `fields` as pairs in their order;
///   `handshake`; `demands`, each with `demand`, `verdict` (`met`, `broken`, `notApplicable`), `reason`, `section`
/// - `established`: `subprotocol`, `compression`, `durationNanoseconds`
/// - `frame`: `number`, `began`, `fin`, `rsv1`, `rsv2`, `rsv3`, `opcode` (the number), `name`, `mask`, `maskingKey` (hex),
///   `length`, `lengthBits` (7, 16 or 64), for a data frame `message`, `fragment`, `compressed`; `received` where not all of it
///   came; `answers` and `roundTripNanoseconds` of a pong; `code` and `reason` of a close; `guess`; `violations`, each
///   with `rule`, `section`, `bits` (first and behind the last, from the frame's first bit), `text`; and the payload,
///   unmasked, as `text` where it is UTF-8, else as `base64`
/// - `message`, unless a single frame that is not compressed says it all: `number`, `opcode`, `name`, `frames` (first and
///   last), `fragments`, `wireBytes`, `applicationBytes`, `compressed`, `truncation`, and what was said
/// - `undecoded`: `reason`, `text` · `hole`: `missing` · `effect`: `text` · `guessed`, `fin`, `reset`
/// - `closed`: `established`, `clean`, `first`, `wire`, `concluded`, `tcp`, `traffic`, each by side
///
/// A key without a value is left out. Controls and what reorders text are escaped.
package struct JSONLPrinter: EventPrinter {
    var output: LineWriter
    private var clock = Clock()

    /// - Parameter write: Gets whole lines, many at a time.
    package init(write: @escaping (UnsafeRawBufferPointer) -> Void) {
        output = LineWriter(write)
    }

    package mutating func flush() { output.flush() }

    package mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        switch event.kind {
        case .opened(let opening):
            begin(event, "opened", nil)
            tell(opening)
        case .head(let head):
            begin(event, head.side == .client ? "request" : "response", head.side)
            tell(head)
        case .established(let handshake):
            begin(event, "established", nil)
            tell(handshake)
        case .frame(let frame):
            begin(event, "frame", frame.side)
            tell(frame, payload)
        case .message(let message):
            if message.fragments == 1, !message.isCompressed, message.truncation != .unfinished { return }
            begin(event, "message", message.side)
            tell(message, payload)
        case .guessed(let side): begin(event, "guessed", side)
        case .undecoded(let side, let reason):
            begin(event, "undecoded", side)
            output.line.key("reason")
            output.line.quoted(JSONLPrinter.name(reason))
            output.line.key("text")
            output.line.quoted(reason.explanation)
        case .hole(let side, let count):
            begin(event, "hole", side)
            if let count { number("missing", count) }
        case .effect(let text):
            begin(event, "effect", nil)
            output.line.key("text")
            output.line.quoted(text)
        case .fin(let side): begin(event, "fin", side)
        case .reset(let side): begin(event, "reset", side)
        case .closing: return
        case .closed(let closure):
            begin(event, "closed", nil)
            tell(closure)
        }
        output.line.add("}")
        output.endLine()
    }

    private mutating func begin(_ event: borrowing Event, _ name: StaticString, _ side: Side?) {
        output.line.add("{\"time\":\"")
        clock.full(event.time, to: &output.line)
        output.line.add("\",\"connection\":")
        output.line.number(UInt64(event.connection.rawValue))
        output.line.add(",\"event\":\"")
        output.line.add(name)
        output.line.add("\"")
        switch side {
        case .client: output.line.add(",\"from\":\"client\"")
        case .server: output.line.add(",\"from\":\"server\"")
        case nil: break
        }
    }

    mutating func number(_ key: StaticString, _ value: UInt64) {
        output.line.key(key)
        output.line.number(value)
    }

    mutating func truth(_ key: StaticString, _ value: Bool) {
        output.line.key(key)
        if value { output.line.add("true") } else { output.line.add("false") }
    }

    mutating func string(_ key: StaticString, _ value: String) {
        output.line.key(key)
        output.line.quoted(value)
    }

    static func name(_ reason: Event.Undecoded) -> String {
        if case .headTooLarge = reason { "headTooLarge" } else { "\(reason)" }
    }
}

/// Frames and messages.
extension JSONLPrinter {
    private mutating func tell(_ frame: Event.Frame, _ payload: Span<UInt8>) {
        let header = frame.header
        number("number", frame.number)
        output.line.key("began")
        output.line.add("\"")
        clock.full(frame.began, to: &output.line)
        output.line.add("\"")
        truth("fin", header.fin)
        truth("rsv1", header.rsv1)
        truth("rsv2", header.rsv2)
        truth("rsv3", header.rsv3)
        opcode(header.opcode)
        truth("mask", header.isMasked)
        if let key = header.maskingKey {
            output.line.key("maskingKey")
            output.line.add("\"")
            for index in 0..<4 { output.line.hex(key[index]) }
            output.line.add("\"")
        }
        number("length", header.payloadLength)
        number("lengthBits", JSONLPrinter.bits(header.lengthForm))
        if !frame.isComplete { number("received", frame.received) }
        if let message = frame.message {
            number("message", message)
            number("fragment", UInt64(frame.fragment))
            truth("compressed", frame.isCompressed)
        }
        if let answers = frame.answers {
            number("answers", answers.frame)
            number("roundTripNanoseconds", UInt64(max(0, answers.roundTrip)))
        }
        if header.opcode == .close { close(payload) }
        if frame.isGuess { truth("guess", true) }
        if !frame.violations.isEmpty { violations(frame.violations) }
        said(payload)
    }

    private static func bits(_ form: LengthForm) -> UInt64 {
        switch form {
        case .bits7: 7
        case .bits16: 16
        case .bits64: 64
        }
    }

    private mutating func opcode(_ opcode: Opcode) {
        number("opcode", UInt64(opcode.bits))
        output.line.key("name")
        output.line.add("\"")
        output.line.add(JSONLPrinter.name(opcode))
        output.line.add("\"")
    }

    private static func name(_ opcode: Opcode) -> StaticString {
        switch opcode {
        case .continuation: "continuation"
        case .text: "text"
        case .binary: "binary"
        case .close: "close"
        case .ping: "ping"
        case .pong: "pong"
        case .reserved: "reserved"
        }
    }

    private mutating func close(_ body: Span<UInt8>) {
        guard body.count >= 2 else { return }
        number("code", UInt64(body[0]) << 8 | UInt64(body[1]))
        string("reason", ClosePayload(body).reason)
    }

    private mutating func violations(_ violations: [Violation]) {
        output.line.key("violations")
        for (index, violation) in violations.enumerated() {
            output.line.add(index == 0 ? "[{\"rule\":" : ",{\"rule\":")
            output.line.quoted(violation.rule.rawValue)
            string("section", violation.rule.section)
            if let bits = violation.bits {
                output.line.key("bits")
                output.line.add("[")
                output.line.number(UInt64(bits.lowerBound))
                output.line.add(",")
                output.line.number(UInt64(bits.upperBound))
                output.line.add("]")
            }
            string("text", "\(violation)")
            output.line.add("}")
        }
        output.line.add("]")
    }

    private mutating func tell(_ message: Event.Message, _ payload: Span<UInt8>) {
        number("number", message.number)
        opcode(message.opcode)
        output.line.key("frames")
        output.line.add("[")
        output.line.number(message.frames.lowerBound)
        output.line.add(",")
        output.line.number(message.frames.upperBound)
        output.line.add("]")
        number("fragments", UInt64(message.fragments))
        number("wireBytes", message.wireBytes)
        number("applicationBytes", message.applicationBytes)
        truth("compressed", message.isCompressed)
        if let truncation = message.truncation { string("truncation", "\(truncation)") }
        said(payload)
    }

    /// What was said: as text where it is some.
    private mutating func said(_ bytes: Span<UInt8>) {
        if UTF8Validator.isValid(bytes) {
            output.line.key("text")
            output.line.quoted(bytes)
        } else {
            output.line.key("base64")
            output.line.base64(bytes)
        }
    }
}
