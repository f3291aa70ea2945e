import Connection

/// Frames and bytes a second, for the newest seconds in which there were any.
struct RateRing {
    private static let seconds = 64

    private var rates: [Rate] = []
    private var stamps: [UInt64] = []

    mutating func add(bytes: UInt64, at time: Timestamp) {
        if rates.isEmpty {
            rates = Array(repeating: Rate(), count: RateRing.seconds)
            stamps = Array(repeating: 0, count: RateRing.seconds)
        }
        let second = time.nanoseconds / 1_000_000_000
        let slot = Int(second % UInt64(RateRing.seconds))
        if stamps[slot] != second {
            // An event of long ago does not displace what is newer.
            guard stamps[slot] < second else { return }
            stamps[slot] = second
            rates[slot] = Rate()
        }
        rates[slot].frames &+= 1
        rates[slot].bytes &+= bytes
    }

    /// The last `count` full seconds before `now`, the newest last.
    func last(_ count: Int, before now: Timestamp) -> [Rate] {
        let count = min(count, RateRing.seconds - 1)
        let second = now.nanoseconds / 1_000_000_000
        return (0..<UInt64(max(0, count))).reversed().map { age in
            guard !rates.isEmpty, second > age else { return Rate() }
            let wanted = second - 1 - age
            let slot = Int(wanted % UInt64(RateRing.seconds))
            return stamps[slot] == wanted ? rates[slot] : Rate()
        }
    }
}
