import Testing
import Transport

struct JournalTests {
    @Test(arguments: ["1-1", "1732850000000-17", "0-0"])
    func aPositionIsReadAsItIsWritten(text: String) {
        #expect(JournalPosition(text)?.description == text)
    }

    @Test(arguments: [
        "", "1", "-", "1-", "-1", "1-2-3", "1-x", "+1-2", " 1-2", "1-18446744073709551615", "99999999999999999999-1",
    ])
    func anythingElseIsNoPosition(text: String) { #expect(JournalPosition(text) == nil) }

    @Test func anotherEpochCoversNothing() {
        let old = JournalPosition(epoch: 1, number: 5)
        #expect(!old.isCovered(by: JournalPosition(epoch: 2, number: 9)))
        #expect(old.isCovered(by: JournalPosition(epoch: 1, number: 5)))
        #expect(!old.precedes(JournalPosition(epoch: 2, number: 6)))
        #expect(old.precedes(JournalPosition(epoch: 1, number: 6)))
    }

    /// first…last that are kept, where the reader stands, whether nothing is missing in between.
    @Test(
        arguments: [
            (3, 9, 2, true), (3, 9, 1, false), (3, 9, 9, true), (3, 9, 10, false), (1, 1, 0, true),
        ] as [(UInt64, UInt64, UInt64, Bool)])
    func aPageContinuesAPosition(first: UInt64, last: UInt64, at: UInt64, continues: Bool) {
        let page = JournalPage(
            entries: [], first: JournalPosition(epoch: 7, number: first), last: JournalPosition(epoch: 7, number: last))
        #expect(page.continues(JournalPosition(epoch: 7, number: at)) == continues)
        #expect(!page.continues(JournalPosition(epoch: 8, number: at)))
    }
}
