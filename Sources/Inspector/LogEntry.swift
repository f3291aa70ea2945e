import Connection
import Wire

/// What the log holds of one connection.
struct LogEntry {
    var summary: ConnectionSummary
    var rows = RowList()
    var rates = RateRing()
    /// The rows of the newest data frames, to which a message belongs when it is complete.
    private var lastDataRow = BothSides<(row: Int, frame: UInt64)?>(nil)
    /// The rows of the newest Pings, for their Pongs.
    private var pings: [(frame: UInt64, row: Int)] = []

    init(_ id: ConnectionID, opening: Opening?, at time: Timestamp) {
        summary = ConnectionSummary(id: id, opening: opening, opened: time, last: time)
    }

    mutating func follow(_ event: borrowing Event) {
        summary.last = event.time
        switch event.kind {
        case .opened, .hole, .effect, .fin, .reset: break
        case .head(let head): follow(head)
        case .established(let handshake):
            summary.handshake = handshake
            summary.state = .open
        case .frame(let frame): follow(frame)
        case .message(let message):
            summary.traffic[message.side].messages &+= 1
            summary.traffic[message.side].applicationBytes &+= message.applicationBytes
        case .guessed: summary.state = .open
        case .undecoded: if summary.state == .connecting { summary.state = .other }
        case .closing(let closure):
            summary.closure = closure
            summary.state = .closing
        case .closed(let closure):
            summary.closure = closure
            summary.traffic = closure.traffic
            summary.state = .closed
        }
    }

    private mutating func follow(_ head: Event.Head) {
        summary.traffic[head.side].bytes &+= UInt64(head.head.bytes.count)
        switch head.side {
        case .client:
            summary.path = head.head.target ?? summary.path
            summary.request = head
            summary.response = nil
        case .server: summary.response = head
        }
        if head.side == .client || head.head.status == 101 {
            summary.violations += head.demands.count { $0.isBroken }
        }
    }

    private mutating func follow(_ frame: Event.Frame) {
        summary.traffic[frame.side].frames &+= 1
        summary.traffic[frame.side].bytes &+= UInt64(frame.header.size) &+ frame.received
        summary.traffic[frame.side].violations &+= UInt64(frame.violations.count)
        summary.violations += frame.violations.count
        switch frame.header.opcode {
        case .ping:
            summary.hasHeartbeat = true
            summary.traffic[frame.side].pings &+= 1
        case .pong:
            summary.hasHeartbeat = true
            if let answers = frame.answers { summary.roundTrips.add(answers.roundTrip) }
        case .continuation, .text, .binary, .close, .reserved: break
        }
    }

    mutating func remember(_ frame: Event.Frame, row: Int) {
        if frame.message != nil { lastDataRow[frame.side] = (row, frame.number) }
        guard frame.header.opcode == .ping else { return }
        if pings.count == 64 { pings.removeFirst() }
        pings.append((frame.number, row))
    }

    /// The row of the Ping with that number.
    mutating func row(ofPing frame: UInt64) -> Int? {
        guard let index = pings.firstIndex(where: { $0.frame == frame }) else { return nil }
        return pings.remove(at: index).row
    }

    /// The row of the frame with which `message` ended.
    func lastRow(of message: Event.Message) -> Int? {
        guard let last = lastDataRow[message.side], last.frame == message.frames.upperBound else { return nil }
        return last.row
    }
}
