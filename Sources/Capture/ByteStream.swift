import Connection
import Wire

/// What one side sent over TCP, put in order: told at once where it comes in order, kept for a while where something
/// is missing in front of it, and told with a hole where what is missing will not come.
///
/// Sequence numbers are compared modulo 2^32, RFC 9293 §3.4.
struct ByteStream {
    let side: Side
    /// The sequence number of the next byte to be told; nil before the first packet.
    private(set) var next: UInt32?
    /// Bytes kept, without an overlap, in the order of their sequence numbers.
    private var pieces: [Piece] = []
    /// How many bytes are kept.
    private(set) var keptBytes = 0
    /// The highest sequence number that the peer said it expects.
    private var acknowledged: UInt32?
    /// The sequence number of the FIN.
    private var finish: UInt32?
    /// The FIN was told: this side sends no more.
    private(set) var isFinished = false
    /// Packets that went by since the peer acknowledged what is missing here.
    private var patience = 0
    /// Packets that repeated bytes with other contents.
    private(set) var conflicts: UInt64 = 0

    /// A capture may show a packet after the one that acknowledges it, but not long after.
    private static let patienceLimit = 4
    private static let keptBytesLimit = 1 << 20
    private static let piecesLimit = 1024
    /// No window is larger, RFC 7323 §2.3.
    private static let windowLimit = 1 << 30

    private struct Piece {
        let sequence: UInt32
        let bytes: [UInt8]
        /// On the wire; more than `bytes` where the capture cut the packet off.
        let length: Int
        let location: UInt64?
    }

    init(side: Side) { self.side = side }

    /// Something is missing in front of what is here.
    var hasGap: Bool { !pieces.isEmpty || (finish != nil && !isFinished) }

    /// Whether bytes at `sequence` may belong to this stream: within a window, or close by once it has ended.
    func mayHold(_ sequence: UInt32, isClosed: Bool) -> Bool {
        abs(distance(sequence)) < (isClosed ? Self.keptBytesLimit : Self.windowLimit)
    }

    /// Says where the stream begins; once only.
    mutating func begin(at sequence: UInt32) { next = next ?? sequence }

    /// Takes what a packet carries.
    /// - Parameter length: How many bytes it carried on the wire.
    mutating func receive<Sink: SegmentSink>(
        _ bytes: Span<UInt8>, length: Int, at sequence: UInt32, _ origin: SegmentOrigin, into sink: inout Sink
    ) {
        begin(at: sequence)
        let ahead = distance(sequence)
        if pieces.isEmpty && ahead <= 0 {
            guard ahead + length > 0 else { return }  // All of it was told before.
            tell(bytes, length: length, skipping: -ahead, location: origin.location, origin, into: &sink)
            tellFinish(origin, into: &sink)
        } else if ahead + length > 0 {
            keep(bytes, length: length, ahead: ahead, location: origin.location)
            tellPieces(origin, into: &sink)
            while keptBytes > Self.keptBytesLimit || pieces.count > Self.piecesLimit { giveUp(origin, into: &sink) }
        }
    }

    /// Takes a FIN that stands behind everything this side sent.
    mutating func receiveFinish<Sink: SegmentSink>(
        at sequence: UInt32, _ origin: SegmentOrigin, into sink: inout Sink
    ) {
        begin(at: sequence)
        guard finish == nil, distance(sequence) >= 0 else { return }
        finish = sequence
        tellFinish(origin, into: &sink)
    }

    /// Takes the peer's acknowledgment of what this side sent.
    mutating func acknowledge(_ sequence: UInt32) {
        let reference = acknowledged ?? next ?? sequence
        guard 0..<Self.windowLimit ~= Self.distance(from: reference, to: sequence) else { return }
        acknowledged = sequence
    }

    /// A packet of the connection went by: what the peer has acknowledged, and is not here yet, will not come.
    mutating func wait<Sink: SegmentSink>(_ origin: SegmentOrigin, into sink: inout Sink) {
        guard let gapEnd = pieces.first?.sequence ?? finish, let acknowledged,
            Self.distance(from: gapEnd, to: acknowledged) >= 0
        else { return }
        patience += 1
        if patience > Self.patienceLimit { giveUp(origin, into: &sink) }
    }

    /// Nothing comes any more: tells what is kept, with its holes.
    mutating func conclude<Sink: SegmentSink>(_ origin: SegmentOrigin, into sink: inout Sink) {
        while hasGap { giveUp(origin, into: &sink) }
        // One more than was seen may be a FIN that was not.
        if let acknowledged, next != nil, distance(acknowledged) > 1 {
            skip(to: acknowledged, origin, into: &sink)
        }
    }

    /// The recording itself says that bytes are missing, up to `sequence`.
    mutating func declareHole<Sink: SegmentSink>(
        count: UInt64?, upTo sequence: UInt32, _ origin: SegmentOrigin, into sink: inout Sink
    ) {
        while !pieces.isEmpty { giveUp(origin, into: &sink) }
        origin.tell(.hole(from: side, count: count), into: &sink)
        next = sequence
    }

    // MARK: In order

    private mutating func tell<Sink: SegmentSink>(
        _ bytes: Span<UInt8>, length: Int, skipping skipped: Int, location: UInt64?, _ origin: SegmentOrigin,
        into sink: inout Sink
    ) {
        let rest = bytes.extracting(droppingFirst: min(skipped, bytes.count))
        if !rest.isEmpty {
            origin.tell(rest, from: side, location: skipped == 0 ? location : nil, into: &sink)
        }
        let cutOff = length - max(skipped, bytes.count)
        if cutOff > 0 { origin.tell(.hole(from: side, count: UInt64(cutOff)), into: &sink) }
        advance(length - skipped)
    }

    private mutating func tellFinish<Sink: SegmentSink>(_ origin: SegmentOrigin, into sink: inout Sink) {
        guard let finish, !isFinished, pieces.isEmpty, distance(finish) <= 0 else { return }
        isFinished = true
        patience = 0
        origin.tell(.fin(from: side), into: &sink)
        if distance(finish) == 0 { advance(1) }
    }

    private mutating func advance(_ count: Int) { next = next.map { $0 &+ UInt32(truncatingIfNeeded: count) } }

    private func distance(_ sequence: UInt32) -> Int { Self.distance(from: next ?? sequence, to: sequence) }

    private static func distance(from: UInt32, to: UInt32) -> Int { Int(Int32(bitPattern: to &- from)) }

    // MARK: Out of order

    /// Keeps those bytes that are not kept yet: what came first wins.
    private mutating func keep(_ bytes: Span<UInt8>, length: Int, ahead: Int, location: UInt64) {
        let end = ahead + length
        var start = max(ahead, 0)
        var added: [Piece] = []
        for piece in pieces {
            let there = distance(piece.sequence)..<distance(piece.sequence) + piece.length
            if there.upperBound <= start { continue }
            if there.lowerBound >= end { break }
            noteConflict(piece, at: there.lowerBound, bytes, at: ahead)
            if start < there.lowerBound {
                added.append(part(start..<there.lowerBound, bytes, ahead: ahead, location: location))
            }
            start = there.upperBound
        }
        if start < end { added.append(part(start..<end, bytes, ahead: ahead, location: location)) }
        keptBytes += added.reduce(0) { $0 + $1.bytes.count }
        let reference = next ?? 0
        pieces += added
        pieces.sort {
            Self.distance(from: reference, to: $0.sequence) < Self.distance(from: reference, to: $1.sequence)
        }
    }

    /// What of `bytes`, which stand `ahead` of the next byte to be told, is in a range counted from there.
    private func part(_ range: Range<Int>, _ bytes: Span<UInt8>, ahead: Int, location: UInt64) -> Piece {
        let captured = range.clamped(to: ahead..<ahead + bytes.count)
        let seen = bytes.extracting(captured.lowerBound - ahead..<captured.upperBound - ahead)
        return Piece(
            sequence: (next ?? 0) &+ UInt32(truncatingIfNeeded: range.lowerBound),
            bytes: seen.withUnsafeBufferPointer(Array.init), length: range.count,
            location: range.lowerBound == ahead ? location : nil)
    }

    private mutating func noteConflict(_ piece: Piece, at start: Int, _ bytes: Span<UInt8>, at other: Int) {
        let common = (start..<start + piece.bytes.count).clamped(to: other..<other + bytes.count)
        if common.contains(where: { piece.bytes[$0 - start] != bytes[$0 - other] }) { conflicts += 1 }
    }

    /// Tells the pieces that have come to be in order.
    private mutating func tellPieces<Sink: SegmentSink>(_ origin: SegmentOrigin, into sink: inout Sink) {
        var told = 0
        while told < pieces.count, distance(pieces[told].sequence) == 0 {
            let piece = pieces[told]
            tell(piece.bytes.span, length: piece.length, skipping: 0, location: piece.location, origin, into: &sink)
            keptBytes -= piece.bytes.count
            told += 1
        }
        guard told > 0 else { return }
        pieces.removeFirst(told)
        patience = 0
        tellFinish(origin, into: &sink)
    }

    /// Tells the first gap as a hole, and what stands behind it.
    private mutating func giveUp<Sink: SegmentSink>(_ origin: SegmentOrigin, into sink: inout Sink) {
        if let first = pieces.first {
            skip(to: first.sequence, origin, into: &sink)
            tellPieces(origin, into: &sink)
        } else if let finish {
            skip(to: finish, origin, into: &sink)
            tellFinish(origin, into: &sink)
        }
    }

    private mutating func skip<Sink: SegmentSink>(
        to sequence: UInt32, _ origin: SegmentOrigin, into sink: inout Sink
    ) {
        let count = distance(sequence)
        if count > 0 { origin.tell(.hole(from: side, count: UInt64(count)), into: &sink) }
        next = sequence
    }
}
