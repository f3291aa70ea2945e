import Lint
import Testing

/// What is remembered of clients is bounded, and of those who are heard of again nothing is lost.
struct VisitorsTests {
    @Test func boundHolds() {
        var visitors = Visitors<Int, Int>()
        for number in 0..<100_000 { visitors.with(number, new: 0) { $0 += 1 } }
        #expect(visitors.all.count <= 4096)
    }

    @Test func whoIsHeardOfIsNotForgotten() {
        var visitors = Visitors<Int, Int>()
        for number in 1...100_000 {
            visitors.with(number, new: 0) { $0 += 1 }
            if number.isMultiple(of: 1000) { visitors.with(-1, new: 0) { $0 += 1 } }
        }
        #expect(visitors.with(-1, new: 0) { $0 } == 100)
    }
}
