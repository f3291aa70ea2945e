import Connection
import Inspector
import Lint
import Wire

/// The places of the screen, and which of them is open.
struct Desk {
    var watch: Watch
    /// Places that have nothing to show are nil.
    var learn: LearnPlace?
    var quiz: QuizPlace?
    var lint: LintPlace?
    var standing: StandingPlace?
    private(set) var current = PlaceID.watch

    init(watch: Watch, lint: LintPlace? = nil) {
        self.watch = watch
        self.lint = lint
    }

    /// The places that have something to show, as the first line names them.
    var places: [PlaceName] {
        PlaceID.allCases.compactMap { id in
            switch id {
            case .watch: .watch
            case .learn: learn.map { _ in .learn }
            case .quiz: quiz.map { .quiz($0.due) }
            case .lint: lint.map { .lint($0.count) }
            case .progress: standing.map { _ in .progress }
            }
        }
    }

    mutating func handle(_ key: Key) -> Watch.Effect? {
        if !open.wants(key), let target = target(of: key) {
            go(to: target)
            return nil
        }
        switch outcome(of: key) {
        case .screen(let effect): return effect
        case .show(let place, let why):
            show(place)
            watch.notice = why
        case .row(let row, let why):
            current = .watch
            watch.show(row: row)
            if !why.isEmpty { watch.notice = why }
        case .go(let id): go(to: id)
        case .lesson(let number, let step):
            go(to: .learn)
            learn?.open(lesson: number, step: step)
        case .review: review()
        case nil: break
        }
        return nil
    }

    mutating func go(to id: PlaceID) {
        guard places.contains(where: { $0.id == id }) else { return }
        current = id
        // Answers may have been given in another place, or in another window.
        if id == .progress { standing?.look() }
        if id == .quiz { quiz?.look() }
    }

    mutating func review() {
        go(to: .quiz)
        quiz?.begin(.review)
    }

    /// Where a key leads: a digit to its place, Tab to the next one.
    private func target(of key: Key) -> PlaceID? {
        let ids = places.map(\.id)
        guard ids.count > 1, let index = ids.firstIndex(of: current) else { return nil }
        return switch key {
        case .tab: ids[(index + 1) % ids.count]
        case .backTab: ids[(index + ids.count - 1) % ids.count]
        case .character(let digit): ids.first { $0.digit == digit }
        default: nil
        }
    }

    private var open: any Place {
        switch current {
        case .watch: watch
        case .learn: learn ?? watch
        case .quiz: quiz ?? watch
        case .lint: lint ?? watch
        case .progress: standing ?? watch
        }
    }

    private mutating func outcome(of key: Key) -> Outcome? {
        switch current {
        case .watch: watch.outcome(of: key)
        case .learn: learn?.outcome(of: key)
        case .quiz: quiz?.outcome(of: key)
        case .lint: lint?.outcome(of: key)
        case .progress: standing?.outcome(of: key)
        }
    }

    /// Takes up what was found since.
    mutating func take(_ findings: Findings) {
        lint?.take(findings)
        watch.marks = FindingMarks(lint?.shown ?? [])
    }

    /// Goes to the evidence: the frame with the guilty bits, the handshake, or the moment.
    mutating func show(_ place: WirePlace) {
        guard watch.summary(place.connection) != nil else {
            lint?.notice = "connection #\(place.connection.rawValue) is not in memory any more"
            return
        }
        current = .watch
        watch.show(evidence: place)
    }

    /// Lets what is filtered look at rows that it has not seen.
    /// - Returns: Whether there is more to look at.
    mutating func scan(until isOver: () -> Bool = { false }) -> Bool {
        let isWatchScanning = watch.scan(until: isOver)
        let isLearnScanning = current == .learn && learn?.ladder.scan(until: isOver) == true
        return isWatchScanning || isLearnScanning
    }

    mutating func draw(height: Int, width: Int, now: Timestamp, status: ScreenStatus) -> Canvas {
        let view = PlaceView(height: height, width: width, now: now, status: status, places: places)
        let canvas: Canvas? =
            switch current {
            case .watch: watch.draw(view)
            case .learn: learn?.draw(view)
            case .quiz: quiz?.draw(view)
            case .lint: lint?.draw(view)
            case .progress: standing?.draw(view)
            }
        return canvas ?? Canvas(height: height, width: width)
    }
}

extension Desk {
    static let sectionTitle = "Places"

    static let bindings: [KeyBinding<Desk, PlaceID>] =
        PlaceID.allCases.map { KeyBinding(.character($0.digit), "\($0)", $0.summary, $0) } + [
            KeyBinding(
                "Tab Shift-Tab", "place", "the next place, the one before", [(.tab, .watch), (.backTab, .watch)])
        ]

    /// The keys that lead to other places, for the help; none where there is one place.
    static func keys(to places: [PlaceName]) -> [KeySection] {
        guard places.count > 1 else { return [] }
        let digits = places.map(\.id.digit)
        let shown = bindings.filter { binding in binding.sign.count > 1 || digits.contains { "\($0)" == binding.sign } }
        return [KeySection(sectionTitle, shown)]
    }
}

extension PlaceID {
    fileprivate var summary: String {
        switch self {
        case .watch: "Watch: what goes to and fro"
        case .learn: "Learn: twelve lessons, each step beside the live wire"
        case .quiz: "Quiz: questions, what is due for review, the mock interview"
        case .lint: "Lint: what is wrong with the traffic"
        case .progress: "Progress: what you know, and will know on the day of the interview"
        }
    }
}

extension Watch {
    /// Goes to a row; a frame is opened.
    mutating func show(row: LogRow) {
        show(only: row.connection)
        let list = list
        guard let position = list.position(of: row.id) else { return }
        select(position, in: list)
        open()
    }

    private mutating func show(only connection: ConnectionID) {
        close()
        isScopeChosen = true
        focus = .ladder
        filter = nil
        show(.connection(connection))
    }

    mutating func show(evidence place: WirePlace) {
        show(only: place.connection)
        if let number = place.frame {
            goTo(frame: number)
            guard let row = selectedRow, let frame = row.frame, frame.number == number else { return }
            open(.frame(row.id))
            if let bits = place.bits { ruler = Ruler(frame, payload: cache.start(of: row)).position(of: bits) }
        } else if place.field != nil {
            open(.handshake(place.connection))
        } else {
            goTo(time: place.time.upperBound)
        }
    }

    /// Selects the last row of the connection that is not later.
    private mutating func goTo(time: Timestamp) {
        let list = list
        var (low, high) = (0, list.count)
        while low < high {
            let middle = (low + high) / 2
            if let row = list.row(at: middle), row.time <= time { low = middle + 1 } else { high = middle }
        }
        select(max(0, low - 1), in: list)
    }
}

extension Ruler {
    /// The first field that has one of these bits; of the payload, its byte.
    func position(of bits: Range<Int>) -> RulerPosition {
        guard let index = fields.firstIndex(where: { $0.bits.upperBound > bits.lowerBound }) else {
            return clamped(RulerPosition(field: fields.count - 1))
        }
        let field = fields[index]
        let isInside = field.name == .applicationData && bits.lowerBound > field.bits.lowerBound
        let byte = isInside ? (bits.lowerBound - field.bits.lowerBound) / 8 : nil
        return clamped(RulerPosition(field: index, byte: byte))
    }
}
