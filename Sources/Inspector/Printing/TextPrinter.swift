package import Connection
import Wire

/// Events as text: time, connection, who to whom, what, length, and what can be said in a line.
///
///     20:14:03.130221    #2  client ─▶  text           14  {"op":"hi"}
///     20:14:03.400100    #2  ◀─ server  ping            4  tick
///     20:14:03.401004    #2  client ─▶  pong            4  tick  ↔ 0.90 ms
package struct TextPrinter: EventPrinter {
    /// How lines look.
    package struct Style: Hashable, Sendable {
        /// Seconds by which the times of day are ahead of UTC.
        package var zoneOffset: Int
        /// Bytes of a payload that are shown.
        package var preview: Int

        package init(zoneOffset: Int = 0, preview: Int = 72) {
            self.zoneOffset = zoneOffset
            self.preview = preview
        }
    }

    var output: LineWriter
    let style: Style
    private var clock = Clock()
    /// The day of the last line, which a line of its own names.
    private var day: UInt64?
    /// A compressed frame that is a message of its own: what it says is known with the next event.
    private var deferred: Deferred?

    private struct Deferred {
        let frame: Event.Frame
        let connection: ConnectionID
        let time: Timestamp
        let payload: [UInt8]
    }

    /// - Parameter write: Gets whole lines, many at a time.
    package init(_ style: Style = Style(), write: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.style = style
        output = LineWriter(write)
    }

    package mutating func receive(_ event: borrowing Event, payload: Span<UInt8>) {
        if let deferred {
            self.deferred = nil
            if case .message(let message) = event.kind, message.frames == deferred.frame.number...deferred.frame.number,
                event.connection == deferred.connection
            {
                begin(event.time, event.connection, message.side)
                frame(deferred.frame, message, payload)
                output.endLine()
                return
            }
            begin(deferred.time, deferred.connection, deferred.frame.side)
            frame(deferred.frame, nil, deferred.payload.span)
            output.endLine()
        }
        switch event.kind {
        case .frame(let frame): receive(frame, event, payload)
        case .message(let message):
            if message.fragments == 1, !message.isCompressed, message.truncation != .unfinished { return }
            begin(event.time, event.connection, message.side)
            self.message(message, payload)
            output.endLine()
        case .closing: break
        case .opened, .head, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed:
            begin(event.time, event.connection, TextPrinter.side(event.kind))
            rare(event)
            output.endLine()
        }
    }

    package mutating func flush() {
        if let deferred {
            self.deferred = nil
            begin(deferred.time, deferred.connection, deferred.frame.side)
            frame(deferred.frame, nil, deferred.payload.span)
            output.endLine()
        }
        output.flush()
    }

    private mutating func receive(_ frame: Event.Frame, _ event: borrowing Event, _ payload: Span<UInt8>) {
        if frame.isCompressed, frame.header.fin, frame.fragment == 0 {
            deferred = Deferred(
                frame: frame, connection: event.connection, time: event.time,
                payload: payload.extracting(first: style.preview).array)
            return
        }
        begin(event.time, event.connection, frame.side)
        self.frame(frame, nil, payload)
        output.endLine()
    }

    private static func side(_ kind: Event.Kind) -> Side? {
        switch kind {
        case .head(let head): head.side
        case .frame(let frame): frame.side
        case .message(let message): message.side
        case .guessed(let side), .undecoded(let side, _), .hole(let side, _), .fin(let side), .reset(let side): side
        case .opened, .established, .effect, .closing, .closed: nil
        }
    }

    /// The columns that every line has.
    private mutating func begin(_ time: Timestamp, _ connection: ConnectionID, _ side: Side?) {
        let local = time.adding(nanoseconds: Int64(style.zoneOffset) * 1_000_000_000)
        let today = local.nanoseconds / 86_400_000_000_000
        if today != day {
            day = today
            clock.date(local, to: &output.line)
            output.endLine()
        }
        clock.timeOfDay(local, to: &output.line)
        let id = UInt64(connection.rawValue)
        var width = 3
        var rest = id
        while rest >= 10 {
            rest /= 10
            width -= 1
        }
        output.line.spaces(2 + max(0, width - 1))
        output.line.add(0x23)
        output.line.number(id)
        switch side {
        case .client: output.line.add("  client ─▶  ")
        case .server: output.line.add("  ◀─ server  ")
        case nil: output.line.add("             ")
        }
    }
}
