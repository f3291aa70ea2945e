import Lint
import Testing

@testable import Screen

/// The ways between the places.
struct DeskTests {
    private func desk() throws -> Desk {
        Desk(watch: Watch(log: try Play().log, now: try Play().now), lint: LintPlace())
    }

    @Test func aDigitLeadsToItsPlaceAndTabToTheNext() throws {
        var desk = try desk()
        for (key, place) in [
            (Key.character("4"), PlaceID.lint), (.character("1"), .watch), (.tab, .lint), (.tab, .watch),
            (.backTab, .lint),
        ] {
            #expect(desk.handle(key) == nil)
            #expect(desk.current == place)
        }
    }

    @Test func aPlaceWithoutContentCannotBeReached() throws {
        var desk = try desk()
        for digit in "2356789" { #expect(desk.handle(.character(digit)) == nil) }
        #expect(desk.current == .watch)
        var alone = Desk(watch: desk.watch)
        #expect(alone.handle(.tab) == nil)
        #expect(alone.places == [.watch])
    }

    @Test func theHelpNamesThePlacesThereAre() throws {
        let keys = Desk.keys(to: try desk().places).flatMap(\.entries).map(\.sign)
        #expect(keys == ["1", "4", "Tab Shift-Tab"])
        #expect(Desk.keys(to: [.watch]).isEmpty)
    }
}
