/// How an interface of a pcapng file counts time: its `if_tsresol` and `if_tsoffset`.
struct PcapngClock {
    /// A negative power of 10, or of 2 where the highest bit is set.
    var resolution: UInt8 = 6
    /// Seconds to be added, a signed number.
    var offset: UInt64 = 0

    func nanoseconds(_ ticks: UInt64) -> UInt64 {
        let exponent = Int(resolution & 0x7f)
        let sinceOffset =
            if resolution & 0x80 != 0 {
                UInt64(truncatingIfNeeded: (UInt128(ticks) * 1_000_000_000) >> exponent)
            } else if exponent <= 9 {
                ticks &* Self.power(9 - exponent)
            } else {
                exponent - 9 > 19 ? 0 : ticks / Self.power(exponent - 9)
            }
        return sinceOffset &+ offset &* 1_000_000_000
    }

    private static func power(_ exponent: Int) -> UInt64 {
        var power: UInt64 = 1
        for _ in 0..<exponent { power *= 10 }
        return power
    }
}
