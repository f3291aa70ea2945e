/// Stands for bytes that are compared but not kept: FNV-1a, eight bytes a step. No protection against somebody who wants
/// two texts to be taken for one, who would gain nothing by it.
struct ContentHash: Hashable, Sendable {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init() {}

    init(_ bytes: Span<UInt8>) { add(bytes) }

    mutating func add(_ byte: UInt8) { mix(UInt64(byte)) }

    mutating func add(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index + 8 <= buffer.count {
                mix(buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                index += 8
            }
            var rest = UInt64(buffer.count - index)
            while index < buffer.count {
                rest = rest << 8 | UInt64(buffer[index])
                index += 1
            }
            mix(rest)
        }
    }

    private mutating func mix(_ word: UInt64) {
        value = (value ^ word) &* 0x0000_0100_0000_01b3
        value ^= value >> 29
    }
}
