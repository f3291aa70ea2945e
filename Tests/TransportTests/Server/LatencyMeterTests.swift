import Connection
import Testing
import Transport

/// Quantiles that are at most a quarter too high, since the start and lately.
struct LatencyMeterTests {
    private static func time(_ seconds: UInt64) -> Timestamp {
        Timestamp(nanoseconds: 1_000_000_000_000 + seconds * 1_000_000_000)
    }

    @Test(arguments: [100, 1000, 1500, 10_000, 123_456, 1_000_000, 77_000_000, 3_000_000_000] as [Int64])
    func tellsWhatWasRecorded(nanoseconds: Int64) {
        let meter = LatencyMeter()
        for _ in 0..<10 { meter.record(nanoseconds, at: Self.time(0)) }
        meter.record(16_000_000_000, at: Self.time(0))
        let median = meter.total.quantile(0.5) ?? 0
        #expect(median >= nanoseconds && Double(median) <= max(1250, Double(nanoseconds) * 1.26))
    }

    @Test func findsTheSlowestHundredth() {
        let meter = LatencyMeter()
        for index in 0..<1000 { meter.record(index < 985 ? 1_000_000 : 50_000_000, at: Self.time(0)) }
        #expect((meter.total.quantile(0.9) ?? 0) < 1_300_000)
        #expect(meter.total.quantile(0.99) == 50_000_000)
    }

    @Test func forgetsLately() {
        let meter = LatencyMeter()
        meter.record(9_000_000, at: Self.time(100))
        meter.record(1_000_000, at: Self.time(111))
        #expect(meter.lately(at: Self.time(112)).count == 2)
        #expect(meter.lately(at: Self.time(122)).count == 1)
        #expect(meter.lately(at: Self.time(200)).quantile(0.99) == nil)
        #expect(meter.total.count == 2)
    }
}
