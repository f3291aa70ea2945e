import Connection
import Wire

/// What stands in the spool before the bytes of a message.
struct SpooledMessage {
    static let size = 10

    let opcode: Opcode
    let count: Int
    let truncation: Event.Truncation?

    init(opcode: Opcode, count: Int, truncation: Event.Truncation?) {
        self.opcode = opcode
        self.count = count
        self.truncation = truncation
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= SpooledMessage.size else { return nil }
        opcode = Opcode(bits: bytes[0])
        let code = Int(bytes[1])
        truncation = code == 0 ? nil : SpooledMessage.truncations[(code - 1) % SpooledMessage.truncations.count]
        count = bytes[2..<10].reduce(0) { $0 << 8 | Int($1) }
    }

    private static let truncations: [Event.Truncation] = [.limit, .notInflated, .hole, .unfinished]

    var bytes: [UInt8] {
        let code = truncation.flatMap { SpooledMessage.truncations.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return [opcode.bits, UInt8(code)]
            + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
    }
}
