import Connection
import Wire

/// What a filter can ask about an event or a row, its texts aside.
struct FilterFacts {
    var kind: FilterKind
    var connection: UInt32
    var side: Side?
    var header: FrameHeader?
    var opcode: UInt8?
    var frame: UInt64?
    var message: UInt64?
    var length: UInt64?
    var isCompressed = false
    var isFragment = false
    var isGuess = false
    var rules: [Violation.Rule] = []
    var roundTrip: Int64?
    var status: Int?
    /// Of a Close frame one code; of an ended connection what each side concluded.
    var closeCodes: [UInt64] = []

    func flag(_ flag: FieldType.Flag) -> Bool {
        switch flag {
        case .fin: header?.fin ?? false
        case .rsv1: header?.rsv1 ?? false
        case .rsv2: header?.rsv2 ?? false
        case .rsv3: header?.rsv3 ?? false
        case .mask: header?.isMasked ?? false
        case .control: header?.isControl ?? false
        case .fragmented: isFragment
        case .compressed: isCompressed
        case .guess: isGuess
        }
    }

    /// The values of a field: none where the event has no such thing.
    func number(_ number: FieldType.Number) -> [UInt64] {
        switch number {
        case .connection: [UInt64(connection)]
        case .frame: one(frame)
        case .message: one(message)
        case .length: one(length)
        case .reservedBits: one(header.map { UInt64($0.byte0 >> 4 & 7) })
        case .maskingKey: one(header?.maskingKey.map { UInt64($0.word.byteSwapped) })
        case .closeCode: closeCodes
        case .status: one(status.map { UInt64($0) })
        case .roundTrip: one(roundTrip.map { UInt64(max(0, $0)) })
        }
    }

    private func one(_ value: UInt64?) -> [UInt64] { value.map { [$0] } ?? [] }

    static func codes(_ closure: Closure) -> [UInt64] {
        [closure.concluded.client, closure.concluded.server].compactMap { conclusion in
            switch conclusion {
            case .closed(let code, _, _): UInt64(code.rawValue)
            case .open, .unknown: nil
            }
        }
    }

    /// The status code of a Close frame's body.
    static func code(_ body: Span<UInt8>) -> [UInt64] {
        body.count < 2 ? [] : [UInt64(body[0]) << 8 | UInt64(body[1])]
    }
}

extension FilterFacts {
    init(_ event: borrowing Event, payload: Span<UInt8>) {
        self.init(kind: .opened, connection: event.connection.rawValue)
        switch event.kind {
        case .opened: break
        case .head(let head):
            kind = head.side == .client ? .request : .response
            side = head.side
            status = head.head.status
        case .established: kind = .established
        case .frame(let frame): set(frame, payload)
        case .message(let message): set(message)
        case .guessed(let side): (kind, self.side) = (.guessed, side)
        case .undecoded(let side, _): (kind, self.side) = (.undecoded, side)
        case .hole(let side, _): (kind, self.side) = (.hole, side)
        case .effect: kind = .effect
        case .fin(let side): (kind, self.side) = (.fin, side)
        case .reset(let side): (kind, self.side) = (.reset, side)
        case .closing(let closure), .closed(let closure):
            kind = .closed
            closeCodes = FilterFacts.codes(closure)
        }
    }

    private mutating func set(_ frame: Event.Frame, _ payload: Span<UInt8>) {
        kind = .frame
        side = frame.side
        header = frame.header
        opcode = frame.header.opcode.bits
        self.frame = frame.number
        message = frame.message
        length = frame.header.payloadLength
        isCompressed = frame.isCompressed
        isFragment = !frame.header.isControl && (!frame.header.fin || frame.header.opcode == .continuation)
        isGuess = frame.isGuess
        rules = frame.violations.map(\.rule)
        roundTrip = frame.answers?.roundTrip
        if frame.header.opcode == .close { closeCodes = FilterFacts.code(payload) }
    }

    private mutating func set(_ message: Event.Message) {
        kind = .message
        side = message.side
        opcode = message.opcode.bits
        frame = message.frames.upperBound
        self.message = message.number
        length = message.applicationBytes
        isCompressed = message.isCompressed
        isFragment = message.fragments > 1
        rules = message.violations.map(\.rule)
    }

    /// - Parameter log: For what a row does not have: the code of a Close, the closure of a connection.
    init(_ row: LogRow, in log: Log) {
        self.init(kind: .opened, connection: row.connection.rawValue, side: row.side)
        switch row.kind {
        case .opened: break
        case .request: kind = .request
        case .response(let status, _, _): (kind, self.status) = (.response, status)
        case .established: kind = .established
        case .frame(let frame): set(frame, row, log)
        case .guessed: kind = .guessed
        case .undecoded: kind = .undecoded
        case .hole: kind = .hole
        case .effect: kind = .effect
        case .fin: kind = .fin
        case .reset: kind = .reset
        case .closed:
            kind = .closed
            closeCodes = log.connection(row.connection)?.closure.map { FilterFacts.codes($0) } ?? []
        }
    }

    private mutating func set(_ frame: LogFrame, _ row: LogRow, _ log: Log) {
        kind = .frame
        header = frame.header
        opcode = frame.header.opcode.bits
        self.frame = frame.number
        message = frame.message
        length = frame.header.payloadLength
        isCompressed = frame.isCompressed
        isFragment = !frame.header.isControl && (!frame.header.fin || frame.header.opcode == .continuation)
        isGuess = frame.isGuess
        rules = frame.rules
        roundTrip = frame.roundTrip
        if frame.header.opcode == .close { closeCodes = FilterFacts.code(log.payload(of: row, count: 2).span) }
    }
}
