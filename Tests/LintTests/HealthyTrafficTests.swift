import Lint
import Testing

/// Where nothing is wrong, nothing is said: a linter that cries at good programs is switched off.
struct HealthyTrafficTests {
    @Test(arguments: HealthyTraffic.all.indices)
    func hasNoWarnings(_ index: Int) {
        let healthy = HealthyTraffic.all[index]
        let findings = healthy.scene.linted(healthy.settings)
        let loud = findings.all.filter { $0.severity > .note }.map { "\($0.rule) \($0.severity): \($0.message)" }
        #expect(loud == [], "\(healthy.name)")
    }

    @Test(arguments: HealthyTraffic.all.indices)
    func hasNoNotesButThoseOfItsKind(_ index: Int) {
        let healthy = HealthyTraffic.all[index]
        let findings = healthy.scene.linted(healthy.settings)
        let notes = findings.all.filter { $0.severity == .note && !healthy.remarks.contains($0.rule) }
        #expect(notes.map { "\($0.rule): \($0.message)" } == [], "\(healthy.name)")
    }

    /// It was looked at: silence for want of evidence proves nothing.
    @Test(arguments: HealthyTraffic.all.indices)
    func isJudged(_ index: Int) {
        let healthy = HealthyTraffic.all[index]
        let tallies = healthy.scene.linted(healthy.settings).tallies
        for code in healthy.passed.sorted() {
            let tally = tallies[code] ?? Findings.Tally()
            #expect(tally.passed > 0, "\(healthy.name), \(code): \(tally)")
        }
    }
}
