/// A sequence of numbers that is the same for the same seed: SplitMix64.
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    /// Ranges that cover `count`, some repeated, some overlapping, shuffled within a window.
    mutating func pieces(of count: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var at = 0
        while at < count {
            let end = min(count, at + 1 + below(300))
            ranges.append(max(0, at - below(2) * below(400))..<min(count, end + below(2) * below(200)))
            if below(5) == 0 { ranges.append(at..<end) }
            at = end
        }
        for index in ranges.indices { ranges.swapAt(index, min(ranges.count - 1, index + below(8))) }
        return ranges
    }
}
