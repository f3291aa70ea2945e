/// Validates UTF-8 that arrives in pieces, failing at the first byte that cannot be, RFC 6455 §8.1.
///
/// A table-driven automaton after the ranges of RFC 3629 §4; runs of ASCII are skipped 32 bytes a step.
package struct UTF8Validator: Hashable, Sendable {
    /// What the next byte must be. `accept` is between two characters.
    private enum State: UInt8 {
        case accept
        /// Any one, two, three continuation bytes.
        case one, two, three
        /// After E0: A0–BF. After ED: 80–9F. After F0: 90–BF. After F4: 80–8F.
        case afterE0, afterED, afterF0, afterF4
        case reject
    }

    private var state = State.accept

    package init() {}

    /// Whether the bytes so far end between two characters: what a message must do.
    package var isComplete: Bool { state == .accept }

    /// - Returns: False as soon as no continuation could make the bytes valid.
    package mutating func validate(_ bytes: Span<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { validate(UnsafeRawBufferPointer($0)) }
    }

    /// - Returns: False as soon as no continuation could make the bytes valid.
    package mutating func validate(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard state != .reject else { return false }
        guard let base = bytes.baseAddress else { return true }
        let count = bytes.count
        var index = 0
        while index < count {
            if state == .accept {
                index = UTF8Validator.skipASCII(base, from: index, count: count)
                if index == count { return true }
            }
            state = UTF8Validator.step(state, base.load(fromByteOffset: index, as: UInt8.self))
            if state == .reject { return false }
            index &+= 1
        }
        return true
    }

    /// Whether `bytes` as a whole are UTF-8.
    package static func isValid(_ bytes: Span<UInt8>) -> Bool {
        var validator = UTF8Validator()
        return validator.validate(bytes) && validator.isComplete
    }

    private static func skipASCII(_ base: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        var index = start
        while index &+ 32 <= count {
            let lanes = base.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            let high = (lanes[0] | lanes[1]) | (lanes[2] | lanes[3])
            if high & 0x8080_8080_8080_8080 != 0 { break }
            index &+= 32
        }
        while index < count, base.load(fromByteOffset: index, as: UInt8.self) < 0x80 { index &+= 1 }
        return index
    }

    private static func step(_ state: State, _ byte: UInt8) -> State {
        switch state {
        case .accept:
            switch byte {
            case 0x00...0x7f: .accept
            case 0xc2...0xdf: .one
            case 0xe0: .afterE0
            case 0xe1...0xec, 0xee, 0xef: .two
            case 0xed: .afterED
            case 0xf0: .afterF0
            case 0xf1...0xf3: .three
            case 0xf4: .afterF4
            default: .reject
            }
        case .one: byte & 0xc0 == 0x80 ? .accept : .reject
        case .two: byte & 0xc0 == 0x80 ? .one : .reject
        case .three: byte & 0xc0 == 0x80 ? .two : .reject
        case .afterE0: (0xa0...0xbf).contains(byte) ? .one : .reject
        case .afterED: (0x80...0x9f).contains(byte) ? .one : .reject
        case .afterF0: (0x90...0xbf).contains(byte) ? .two : .reject
        case .afterF4: (0x80...0x8f).contains(byte) ? .two : .reject
        case .reject: .reject
        }
    }
}
