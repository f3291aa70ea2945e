import Testing
import Transport

/// SplitMix64: the same numbers each time.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64 = 101

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }
}

struct ReconnectPolicyTests {
    private func delays(_ policy: ReconnectPolicy) -> [Duration] {
        var random = Seeded()
        return (0..<6).map { policy.delay(attempt: $0, using: &random) }
    }

    @Test func noneIsAtOnceAndFixedIsAlwaysTheSame() {
        #expect(delays(.none).allSatisfy { $0 == .zero })
        #expect(delays(.fixed(.seconds(5))).allSatisfy { $0 == .seconds(5) })
    }

    /// RFC 6455 §7.2.3: truncated binary exponential backoff.
    @Test func exponentialDoublesUpToTheCap() {
        let expected = [1, 2, 4, 8, 10, 10].map { Duration.seconds($0) }
        #expect(delays(.exponential(base: .seconds(1), cap: .seconds(10))) == expected)
    }

    /// Spread over the whole delay, from nothing on: the mean is half of it.
    @Test(arguments: [(0, 1.0), (2, 4.0), (9, 10.0)])
    func jitterIsBetweenNothingAndTheWholeDelay(attempt: Int, whole: Double) {
        let policy = ReconnectPolicy.fullJitter(base: .seconds(1), cap: .seconds(10))
        var random = Seeded()
        let shares = (0..<2000).map { _ in policy.delay(attempt: attempt, using: &random) / .seconds(whole) }.sorted()
        #expect(shares[0] >= 0 && shares[0] < 0.01 && shares[1999] <= 1 && shares[1999] > 0.99)
        #expect(shares[1000] > 0.45 && shares[1000] < 0.55)
    }

    @Test func noAttemptIsTooLate() {
        var random = Seeded()
        let policy = ReconnectPolicy.exponential(base: .seconds(1), cap: .seconds(30))
        #expect(policy.delay(attempt: 1_000_000, using: &random) == .seconds(30))
    }
}
