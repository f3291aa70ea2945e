import Connection
import Wire

/// A row of the log in 64 bytes, without pointers: in memory and on disk alike.
struct IndexRecord: BitwiseCopyable {
    enum Kind: UInt8 {
        case opened, request, response, established, frame, guessed, undecoded, hole, effect, fin, reset, closed
    }

    struct Flags: OptionSet {
        let rawValue: UInt8

        static let isServer = Flags(rawValue: 1)
        static let isCompressed = Flags(rawValue: 2)
        static let isGuess = Flags(rawValue: 4)
        /// Of a head.
        static let isHandshake = Flags(rawValue: 8)
        /// `detail` is meant: where the spool has the text or message, or a round trip.
        static let hasDetail = Flags(rawValue: 16)
        /// Of a frame without location; of a hole of unknown size.
        static let isUnknown = Flags(rawValue: 32)
        /// Not all of the payload came, and `detail` says how many bytes did.
        static let isIncomplete = Flags(rawValue: 64)
    }

    var time: UInt64
    var connection: UInt32
    var kind: Kind
    var flags: Flags = []
    var byte0: UInt8 = 0
    var byte1: UInt8 = 0
    var location: UInt64 = 0
    /// Of a frame its payload's, of a text its own, of a hole what is missing; of a response its status.
    var length: UInt64 = 0
    /// Where the spool has what was said, or the round trip of a Pong, or how many bytes of a payload came.
    var detail: UInt64 = 0
    /// Within the segment at `location`.
    var offset: UInt32 = 0
    var maskingKey: UInt32 = 0
    /// Of a frame among those of its connection; of a head how many demands it breaks.
    var number: UInt32 = 0
    var message: UInt32 = 0
    /// A bit for each rule that is broken; of `undecoded` the reason.
    var rules: UInt32 = 0
    /// How many rows further on or back the Ping or Pong is that belongs to this one; 0 for none.
    var counterpart: Int32 = 0

    init(_ kind: Kind, _ event: borrowing Event, side: Side? = nil) {
        self.kind = kind
        time = event.time.nanoseconds
        connection = event.connection.rawValue
        if side == .server { flags.insert(.isServer) }
    }

    var side: Side { flags.contains(.isServer) ? .server : .client }
}

/// Frames.
extension IndexRecord {
    init(_ frame: Event.Frame, _ event: borrowing Event) {
        self.init(.frame, event, side: frame.side)
        byte0 = frame.header.byte0
        byte1 = frame.header.byte1
        length = frame.header.payloadLength
        maskingKey = frame.header.maskingKey?.word ?? 0
        number = UInt32(truncatingIfNeeded: frame.number)
        message = UInt32(truncatingIfNeeded: frame.message ?? 0)
        for violation in frame.violations { rules |= violation.rule.bit }
        if frame.isCompressed { flags.insert(.isCompressed) }
        if frame.isGuess { flags.insert(.isGuess) }
        if let location = frame.location {
            self.location = location.segment
            offset = UInt32(clamping: location.offset)
        } else {
            flags.insert(.isUnknown)
        }
        if !frame.isComplete {
            flags.insert(.isIncomplete)
            detail = frame.received
        } else if let answers = frame.answers {
            flags.insert(.hasDetail)
            detail = UInt64(bitPattern: answers.roundTrip)
        }
    }

    var header: FrameHeader {
        FrameHeader(
            byte0: byte0, byte1: byte1, payloadLength: length,
            maskingKey: byte1 & 0x80 == 0 ? nil : MaskingKey(word: maskingKey))
    }

    /// For a data frame that completes a message the spool has.
    var spooledMessage: UInt64? {
        let isData = kind == .frame && byte0 & 0x08 == 0
        return isData && flags.contains(.hasDetail) ? detail : nil
    }

    func frame(id: Int) -> LogFrame {
        let header = header
        let hasRoundTrip = header.isControl && flags.contains(.hasDetail)
        return LogFrame(
            side: side, number: UInt64(number), header: header,
            received: flags.contains(.isIncomplete) ? detail : length,
            message: header.isControl ? nil : UInt64(message), isCompressed: flags.contains(.isCompressed),
            isGuess: flags.contains(.isGuess), completesMessage: spooledMessage != nil,
            rules: Violation.Rule.set(rules), roundTrip: hasRoundTrip ? Int64(bitPattern: detail) : nil,
            counterpart: counterpart == 0 ? nil : id + Int(counterpart),
            location: flags.contains(.isUnknown) ? nil : Event.Location(segment: location, offset: Int(offset)))
    }
}

/// Heads.
extension IndexRecord {
    init(_ head: Event.Head, _ event: borrowing Event) {
        self.init(head.side == .client ? .request : .response, event, side: head.side)
        if head.isHandshake { flags.insert(.isHandshake) }
        number = UInt32(clamping: head.demands.count { $0.isBroken })
        message = UInt32(clamping: head.head.status ?? 0)
    }
}

/// All rows.
extension IndexRecord {
    func row(id: Int) -> LogRow {
        LogRow(
            id: id, connection: ConnectionID(rawValue: connection), time: Timestamp(nanoseconds: time),
            kind: rowKind(id: id))
    }

    private func rowKind(id: Int) -> LogRow.Kind {
        let isHandshake = flags.contains(.isHandshake)
        return switch kind {
        case .opened: .opened
        case .request: .request(isHandshake: isHandshake, broken: Int(number))
        case .response: .response(status: Int(message), isHandshake: isHandshake, broken: Int(number))
        case .established: .established
        case .frame: .frame(frame(id: id))
        case .guessed: .guessed(from: side)
        case .undecoded: .undecoded(from: side, Event.Undecoded(code: rules))
        case .hole: .hole(from: side, count: flags.contains(.isUnknown) ? nil : length)
        case .effect: .effect
        case .fin: .fin(from: side)
        case .reset: .reset(from: side)
        case .closed: .closed
        }
    }
}

extension Violation.Rule {
    /// The rules in the order of their bits; there are fewer than 32.
    private static let inOrder = Array(allCases)
    private static let bits = Dictionary(uniqueKeysWithValues: zip(inOrder, (0..<32).map { UInt32(1) << UInt32($0) }))

    var bit: UInt32 { Violation.Rule.bits[self] ?? 0 }

    static func set(_ bits: UInt32) -> [Violation.Rule] {
        bits == 0 ? [] : inOrder.indices.filter { bits & 1 << UInt32($0) != 0 }.map { inOrder[$0] }
    }
}

extension Event.Undecoded {
    private static let inOrder: [Event.Undecoded] =
        [
            .notHTTP, .otherProtocol, .midstream, .afterHole, .beforeAnswer, .afterEnd, .cutHeader,
        ] + HTTPLimits.Kind.allCases.map { .headTooLarge($0) }

    var code: UInt32 { UInt32(Event.Undecoded.inOrder.firstIndex(of: self) ?? 0) }

    init(code: UInt32) {
        self = Event.Undecoded.inOrder[min(Int(code), Event.Undecoded.inOrder.count - 1)]
    }
}
