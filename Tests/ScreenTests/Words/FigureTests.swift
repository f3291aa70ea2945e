import Connection
import Testing

@testable import Screen

struct FigureTests {
    @Test func countsAreGroupedByThousands() {
        #expect(
            [0, 999, 1000, 12418, -1_234_567].map { Figure.count($0) } == ["0", "999", "1,000", "12,418", "-1,234,567"])
        #expect(Figure.count(UInt64.max) == "18,446,744,073,709,551,615")
    }

    @Test func shortCountsHaveAtMostFiveColumns() {
        #expect(
            [9_999, 10_000, 12_449, 99_950, 999_499, 999_500, 3_100_000].map { Figure.short($0) }
                == ["9,999", "10.0k", "12.4k", "100k", "999k", "1.0M", "3.1M"])
        #expect(Figure.short(UInt64.max) == "18.4E")
    }

    @Test func durationsHaveTheUnitThatReadsBest() {
        let nanoseconds: [Int64] = [0, 999, 12_345, 812_000, 9_900_000, 12_300_000, 1_200_000_000, 61_000_000_000]
        #expect(
            nanoseconds.map { Figure.duration($0) }
                == ["0 ns", "999 ns", "12 µs", "0.8 ms", "9.9 ms", "12 ms", "1.20 s", "1:01"])
        #expect(Figure.duration(-812_000) == "-0.8 ms")
    }

    @Test func agesAreClocks() {
        #expect([41, 3_723, 273_900].map { Figure.age($0 * 1_000_000_000) } == ["0:41", "1:02:03", "3d 04:05"])
        #expect(Figure.age(-5) == "0:00")
    }

    @Test func bitsKeepTheirWidth() {
        #expect(Figure.binary(0x0e, width: 7) == "0001110")
        #expect(Figure.binary(0x81, width: 4) == "0001")
    }

    @Test func aTimeOfDayIsTheOneOfThePlace() {
        let time = Timestamp(nanoseconds: 1_795_464_843_120_999_999)
        #expect(TimeOfDay(time, offset: 0).full == "20:14:03.120")
        #expect(TimeOfDay(time, offset: 19_800).full == "01:44:03.120")
        #expect(TimeOfDay(Timestamp(nanoseconds: 0), offset: -3600).full == "00:00:00.000")
    }
}
