import Connection
import Inspector
import Testing
import Wire

@testable import Screen

/// What keys do, at 80×24.
struct WatchTests {
    private let live = ScreenStatus(.live)

    private func opened(_ ids: ClosedRange<UInt32> = 1...1, rows: Int = 40) throws -> (Play, Watch) {
        let play = try Play()
        for id in ids {
            try play.open(id)
            try play.shakeHands(id, "/\(id)")
            for number in 0..<rows { try play.text(id, .server, "row \(number)") }
        }
        return (play, Watch(log: play.log, now: play.now))
    }

    /// Presses keys, each after a look at the screen; gives the last screen back.
    @discardableResult
    private func press(_ keys: Key..., in watch: inout Watch, _ play: Play) -> Canvas {
        for key in keys {
            look(&watch, play)
            _ = watch.handle(key)
        }
        return look(&watch, play)
    }

    @discardableResult
    private func look(_ watch: inout Watch, _ play: Play) -> Canvas {
        while watch.scan() {}
        return watch.draw(height: 24, width: 80, now: play.now, status: live)
    }

    private func type(_ text: String, in watch: inout Watch, _ play: Play) {
        for character in text { press(.character(character), in: &watch, play) }
        press(.enter, in: &watch, play)
    }

    // MARK: - Follow and select

    @Test func theNewestRowIsShownUntilOneIsSelected() throws {
        var (play, watch) = try opened()
        look(&watch, play)
        #expect(watch.selectedRow?.frame?.number == 40)
        try play.text(1, .client, "newer")
        look(&watch, play)
        #expect(watch.selectedRow?.frame?.number == 41)
    }

    @Test func aSelectedRowStaysSelectedAndInPlaceWhileTrafficPoursIn() throws {
        var (play, watch) = try opened()
        let before = press(.up, .up, .up, in: &watch, play)
        let row = try #require(watch.selectedRow)
        for number in 0..<5_000 { try play.text(1, .client, "flood \(number)") }
        let after = look(&watch, play)
        #expect(watch.selectedRow?.id == row.id)
        let ladder = watch.layout.ladder
        for y in ladder.row..<ladder.endRow {
            for x in ladder.column..<ladder.endColumn { #expect(before[y, x] == after[y, x]) }
        }
    }

    @Test func followKeepsTheSelectionWhileTheLadderGoesOn() throws {
        var (play, watch) = try opened()
        press(.up, .up, .character("F"), in: &watch, play)
        let row = watch.selectedRow?.id
        for number in 0..<100 { try play.text(1, .client, "flood \(number)") }
        let screen = look(&watch, play)
        #expect(watch.selectedRow?.id == row)
        #expect(screen.description.contains("flood 99"))
    }

    @Test func belowTheLastRowThereIsWhateverComesNext() throws {
        var (play, watch) = try opened()
        press(.up, .down, in: &watch, play)
        #expect(watch.selection != nil)
        press(.down, in: &watch, play)
        #expect(watch.selection == nil && watch.isFollowing)
    }

    @Test func theEndsAndPages() throws {
        var (play, watch) = try opened()
        press(.character("g"), in: &watch, play)
        #expect(watch.selectedRow?.kind == .opened)
        press(.pageDown, in: &watch, play)
        #expect(watch.list.position(of: watch.selectedRow?.id ?? -1) == 10)
        press(.character("G"), in: &watch, play)
        #expect(watch.selection == nil && watch.isFollowing)
    }

    @Test func escapeGoesBackStepByStep() throws {
        var (play, watch) = try opened()
        press(.up, .enter, in: &watch, play)
        #expect(watch.detail != nil)
        press(.escape, in: &watch, play)
        #expect(watch.detail == nil && watch.selection != nil)
        press(.escape, in: &watch, play)
        #expect(watch.selection == nil)
    }

    // MARK: - Connections

    @Test func theConnectionBeforeAndAfter() throws {
        var (play, watch) = try opened(1...3)
        press(.character("["), in: &watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 2)))
        press(.character("c"), .up, .up, .up, .up, in: &watch, play)
        #expect(watch.scope == .all)
        press(.character("G"), .enter, in: &watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 3)) && watch.focus == .ladder)
    }

    @Test func aGuestIsShownBeforeTheDemoAndAsLongAsItLasts() throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/echo", agent: "ws101-demo")
        try play.open(2)
        try play.shakeHands(2, "/ticker", agent: "ws101-demo")
        var watch = Watch(log: play.log, now: play.now)
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 1)))
        try play.open(3)
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 1)))
        try play.shakeHands(3, "/chat")
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 3)))
        try play.open(4)
        try play.shakeHands(4, "/chat")
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 3)))
        try play.close(3, 1000)
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 4)))
    }

    @Test func whatAPersonChoseIsNotLeft() throws {
        var (play, watch) = try opened(1...2)
        press(.character("["), in: &watch, play)
        try play.open(3)
        try play.shakeHands(3, "/new")
        look(&watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 1)))
    }

    // MARK: - Pause

    @Test func aPauseStopsTheViewAndNothingElse() throws {
        var (play, watch) = try opened()
        let before = press(.character(" "), in: &watch, play)
        for number in 0..<7 { try play.text(1, .client, "missed \(number)") }
        try play.open(2)
        let after = look(&watch, play)
        #expect(after.description.contains("7 new frames"))
        #expect(
            before.description.split(separator: "\n").dropFirst()
                == after.description.split(separator: "\n").dropFirst())
        press(.character(" "), in: &watch, play)
        #expect(watch.selectedRow?.frame?.number == 47)
    }

    // MARK: - Filter

    @Test func aFilterHidesWhatDoesNotMatchAndGoesOnMatching() throws {
        var (play, watch) = try opened()
        press(.character("/"), in: &watch, play)
        type("text contains \"row 3\"", in: &watch, play)
        #expect(watch.prompt == nil)
        #expect(watch.list.count == 11)
        try play.text(1, .client, "row 3 again")
        try play.text(1, .client, "nothing of it")
        look(&watch, play)
        #expect(watch.list.count == 12)
        press(.escape, in: &watch, play)
        #expect(watch.filter == nil)
    }

    @Test func anExpressionThatIsNoneStaysInThePrompt() throws {
        var (play, watch) = try opened()
        press(.character("/"), in: &watch, play)
        type("opcode ==", in: &watch, play)
        #expect(watch.prompt != nil && watch.filter == nil)
    }

    @Test func matchesAreReachedOneByOneAmongAllRows() throws {
        var (play, watch) = try opened()
        press(.character("/"), in: &watch, play)
        type("\"row 1\"", in: &watch, play)
        press(.character("a"), .character("N"), in: &watch, play)
        #expect(watch.selectedRow?.frame?.number == 20)
        press(.character("N"), .character("N"), .character("n"), in: &watch, play)
        #expect(watch.selectedRow?.frame?.number == 19)
        #expect(watch.list.count == 44)
    }

    @Test func aFilterIsLookedForAFewRowsAtATime() throws {
        var (_, watch) = try opened(1...1, rows: 500)
        watch.apply(filter: "text")
        #expect(watch.scan { true })
        #expect(watch.filter?.ids.isEmpty == false && watch.filter?.isComplete == false)
        while watch.scan(until: { true }) {}
        #expect(watch.filter?.ids.count == 500)
    }

    @Test func whatNeedsAFilterSaysSo() throws {
        var (play, watch) = try opened()
        let screen = press(.character("n"), in: &watch, play)
        #expect(screen.description.contains("there is no filter"))
    }

    // MARK: - Commands

    @Test func commandsDoWhatTheySay() throws {
        var (play, watch) = try opened(1...2)
        press(.character(":"), in: &watch, play)
        type("connection 1", in: &watch, play)
        #expect(watch.scope == .connection(ConnectionID(rawValue: 1)))
        press(.character(":"), in: &watch, play)
        type("goto 7", in: &watch, play)
        #expect(watch.selectedRow?.frame?.number == 7)
        press(.character(":"), in: &watch, play)
        type("goto 700", in: &watch, play)
        #expect(watch.notice != nil)
        press(.character(":"), .character("q"), in: &watch, play)
        #expect(watch.handle(.enter) == .quit)
    }

    // MARK: - Bits

    @Test func theFieldsAreWalkedAndStayForTheNextFrame() throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/")
        try play.text(1, .client, "ab")
        try play.text(1, .client, "cd")
        var watch = Watch(log: play.log, now: play.now)
        press(.right, .right, .right, .right, in: &watch, play)
        let ruler = try #require(watch.selectedRow.flatMap { row in row.frame.map { Ruler($0, payload: []) } })
        #expect(ruler.field(at: watch.ruler)?.name == .opcode)
        press(.up, in: &watch, play)
        #expect(ruler.field(at: watch.ruler)?.name == .opcode)
        for _ in 0..<20 { press(.right, in: &watch, play) }
        #expect(watch.ruler.byte == 1)
        for _ in 0..<20 { press(.left, in: &watch, play) }
        #expect(watch.ruler == RulerPosition())
    }

    @Test func aCloseFramesBodyIsWalkedIntoItsMeaning() throws {
        let play = try Play()
        try play.open(1)
        try play.shakeHands(1, "/")
        try play.frame(1, .server, .close, ClosePayload(1001, "x").bytes)
        let row = try #require(play.log.rows(0..<play.log.extent.count).last { $0.frame != nil })
        let frame = try #require(row.frame)
        let ruler = Ruler(frame, payload: play.log.payload(of: row, count: 125))
        var names: [FrameField.Name?] = []
        var position = RulerPosition()
        for _ in 0..<14 {
            names.append(ruler.field(at: position)?.name)
            position = ruler.position(position, moved: 1)
        }
        let header: [FrameField.Name] = [.fin, .rsv1, .rsv2, .rsv3, .opcode, .mask, .payloadLength]
        let body: [FrameField.Name] = [.applicationData, .applicationData, .applicationData, .applicationData]
        #expect(names == header + body + [.statusCode, .reason, .reason])
    }

    @Test func theNextFrameIsOneKeyAwayWhileOneIsOpen() throws {
        var (play, watch) = try opened()
        press(.up, .up, .enter, .character("J"), in: &watch, play)
        #expect(watch.detail == .frame(watch.selection ?? -1))
        #expect(watch.selectedRow?.frame?.number == 39)
    }

    // MARK: - Mouse

    @Test func aClickSelectsAndASecondOneOpens() throws {
        var (play, watch) = try opened(1...2)
        look(&watch, play)
        let ladder = watch.layout.ladderRows
        press(.click(row: ladder.row + 2, column: ladder.column + 5), in: &watch, play)
        let selected = try #require(watch.selectedRow)
        #expect(watch.list.position(of: selected.id) == watch.list.count - ladder.height + 2)
        press(.click(row: ladder.row + 2, column: ladder.column + 5), in: &watch, play)
        #expect(watch.detail == .frame(selected.id))
        press(.escape, .click(row: watch.layout.connectionRows.row, column: 2), in: &watch, play)
        #expect(watch.scope == .all)
    }

    @Test func theWheelScrollsAndLeavesTheSelection() throws {
        var (play, watch) = try opened()
        look(&watch, play)
        let newest = watch.selectedRow?.id
        let place = (watch.layout.ladder.row + 3, watch.layout.ladder.column + 3)
        let screen = press(.wheelUp(row: place.0, column: place.1), in: &watch, play)
        #expect(watch.selectedRow?.id == newest && !watch.isFollowing)
        #expect(screen.description.contains("row 36") && !screen.description.contains("▸   .130"))
        press(.wheelDown(row: place.0, column: place.1), in: &watch, play)
        #expect(watch.isFollowing)
    }

    // MARK: - Any size

    @Test(arguments: [(1, 1), (2, 10), (5, 20), (10, 40), (19, 59), (24, 61), (30, 119), (200, 500)])
    func everySizeIsDrawn(_ height: Int, _ width: Int) throws {
        var (play, watch) = try opened(1...3)
        for keys: [Key] in [[], [.enter], [.escape, .character("o")], [.escape, .character("e")], [.character("?")]] {
            for key in keys { _ = watch.handle(key) }
            let canvas = watch.draw(height: height, width: width, now: play.now, status: live)
            #expect(canvas.height == height && canvas.width == width)
            for key: Key in [.up, .pageDown, .click(row: height / 2, column: width / 2), .wheelUp(row: 0, column: 0)] {
                _ = watch.handle(key)
            }
        }
    }
}
