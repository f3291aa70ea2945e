/// Validates UTF-8 that arrives in pieces, failing at the first byte that cannot be, RFC 6455 §8.1.
///
/// Runs of ASCII are skipped 64 bytes a step. The rest goes through an automaton whose next state is one shift away:
/// a byte selects a row of 64 bits, and the state is the position in the row where the next state stands (Vognsen's
/// shift-based DFA). It needs no branch for a byte, so mixed text costs no mispredictions.
package struct UTF8Validator: Hashable, Sendable {
    private var state = UTF8Automaton.accept

    package init() {}

    /// Whether the bytes so far end between two characters: what a message must do.
    package var isComplete: Bool { state == UTF8Automaton.accept }

    /// - Returns: False as soon as no continuation could make the bytes valid.
    package mutating func validate(_ bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { validate(UnsafeRawBufferPointer($0)) }
    }

    /// - Returns: False as soon as no continuation could make the bytes valid.
    package mutating func validate(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let base = bytes.baseAddress else { return state != UTF8Automaton.reject }
        var state = self.state
        var index = 0
        let count = bytes.count
        UTF8Automaton.rows.withUnsafeBufferPointer { rows in
            while count &- index >= 16 {
                if state == UTF8Automaton.accept {
                    let end = UTF8Validator.skipASCII(base, from: index, count: count)
                    if end != index {
                        index = end
                        continue
                    }
                }
                state = UTF8Automaton.step16(state, base + index, rows)
                if state == UTF8Automaton.reject { return }
                index &+= 16
            }
            while index < count {
                state = UTF8Automaton.step(state, base.load(fromByteOffset: index, as: UInt8.self), rows)
                index &+= 1
            }
        }
        self.state = state
        return state != UTF8Automaton.reject
    }

    /// Whether `bytes` as a whole are UTF-8.
    package static func isValid(_ bytes: Span<UInt8>) -> Bool {
        var validator = UTF8Validator()
        return validator.validate(bytes) && validator.isComplete
    }

    /// The end of the run of blocks that are ASCII.
    private static func skipASCII(_ base: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while count &- index >= 64 {
            let lanes = base.loadUnaligned(fromByteOffset: index, as: SIMD8<UInt64>.self)
            let half = lanes.lowHalf | lanes.highHalf
            let quarter = half.lowHalf | half.highHalf
            if (quarter[0] | quarter[1]) & high != 0 { break }
            index &+= 64
        }
        while count &- index >= 16 {
            let lanes = base.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            if (lanes[0] | lanes[1]) & high != 0 { break }
            index &+= 16
        }
        return index
    }
}

/// The nine states between the bytes of UTF-8, after the table of RFC 3629 §4.
private enum UTF8Automaton {
    /// A state is a shift: six bits a state, nine states in a row of 64 bits.
    static let reject: UInt64 = 0
    /// Between two characters.
    static let accept: UInt64 = 6
    /// Any one, two, three continuation bytes are to come.
    private static let one: UInt64 = 12
    private static let two: UInt64 = 18
    private static let three: UInt64 = 24
    /// The next byte is restricted, so that nothing is overlong, a surrogate or above U+10FFFF.
    private static let afterE0: UInt64 = 30
    private static let afterED: UInt64 = 36
    private static let afterF0: UInt64 = 42
    private static let afterF4: UInt64 = 48

    /// For each byte, the next states of all states.
    static let rows: [UInt64] = (UInt8.min...UInt8.max).map { byte in
        [accept, one, two, three, afterE0, afterED, afterF0, afterF4].reduce(0) { $0 | next($1, byte) << $1 }
    }

    static func step(_ state: UInt64, _ byte: UInt8, _ rows: UnsafeBufferPointer<UInt64>) -> UInt64 {
        (rows[Int(byte)] &>> state) & 63
    }

    static func step16(_ state: UInt64, _ bytes: UnsafeRawPointer, _ rows: UnsafeBufferPointer<UInt64>) -> UInt64 {
        // `&>>` takes the shift modulo 64 by itself, so the six bits are cut out only once, at the end.
        var wide = state
        for offset in 0..<16 { wide = rows[Int(bytes.load(fromByteOffset: offset, as: UInt8.self))] &>> wide }
        return wide & 63
    }

    private static func next(_ state: UInt64, _ byte: UInt8) -> UInt64 {
        switch state {
        case accept: first(byte)
        case one: (0x80...0xbf).contains(byte) ? accept : reject
        case two: (0x80...0xbf).contains(byte) ? one : reject
        case three: (0x80...0xbf).contains(byte) ? two : reject
        case afterE0: (0xa0...0xbf).contains(byte) ? one : reject
        case afterED: (0x80...0x9f).contains(byte) ? one : reject
        case afterF0: (0x90...0xbf).contains(byte) ? two : reject
        case afterF4: (0x80...0x8f).contains(byte) ? two : reject
        default: reject
        }
    }

    private static func first(_ byte: UInt8) -> UInt64 {
        switch byte {
        case 0x00...0x7f: accept
        case 0xc2...0xdf: one
        case 0xe0: afterE0
        case 0xe1...0xec, 0xee, 0xef: two
        case 0xed: afterED
        case 0xf0: afterF0
        case 0xf1...0xf3: three
        case 0xf4: afterF4
        default: reject
        }
    }
}
