import Connection
import Testing

/// Bursts are allowed, and over time no more than the rate.
struct TokenBucketTests {
    private static func time(_ seconds: Double) -> Timestamp { Timestamp(nanoseconds: UInt64(1e18 + seconds * 1e9)) }

    /// At which of these seconds, one after the other, there is a token.
    private static func taken(_ bucket: TokenBucket, at seconds: [Double]) -> [Bool] {
        var bucket = bucket
        return seconds.map { bucket.take(now: time($0)) }
    }

    @Test func allowsABurstAndThenTheRate() {
        let bucket = TokenBucket(rate: 10, burst: 3, now: Self.time(0))
        #expect(Self.taken(bucket, at: [0, 0, 0, 0, 0.05, 0.1, 0.1]) == [true, true, true, false, false, true, false])
    }

    @Test func savesNoMoreThanABurst() {
        let bucket = TokenBucket(rate: 100, burst: 3, now: Self.time(0))
        #expect(Self.taken(bucket, at: [3600, 3600, 3600, 3600]) == [true, true, true, false])
    }

    @Test func overTimeItIsTheRate() {
        let bucket = TokenBucket(rate: 20, burst: 40, now: Self.time(0))
        let taken = Self.taken(bucket, at: (0..<10_000).map { Double($0) / 1000 }).count { $0 }
        #expect((239...240).contains(taken))
    }

    @Test func anEarlierTimeBringsNothing() {
        let bucket = TokenBucket(rate: 1, burst: 1, now: Self.time(10))
        #expect(Self.taken(bucket, at: [10, 0, 10.5, 11]) == [true, false, false, true])
    }
}
