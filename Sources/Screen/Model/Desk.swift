import Connection
import Inspector
import Lint
import Wire

/// The places of the screen, and which of them is open.
struct Desk {
    var watch: Watch
    /// nil where nothing is linted.
    var lint: LintPlace?
    private(set) var isLintOpen = false

    enum Choice: Hashable {
        case watch, lint
    }

    static let sectionTitle = "Places"
    static let bindings = [
        KeyBinding<Desk, Choice>(.character("1"), "Watch", "what goes to and fro", .watch),
        KeyBinding<Desk, Choice>(.character("4"), "Lint", "what is wrong with it", .lint),
    ]

    init(watch: Watch, lint: LintPlace? = nil) {
        self.watch = watch
        self.lint = lint
    }

    private var isTyping: Bool { isLintOpen ? lint?.prompt != nil : watch.prompt != nil }

    mutating func handle(_ key: Key) -> Watch.Effect? {
        if !isTyping,
            let choice = Desk.bindings.first(where: { $0.actions.contains { $0.key == key } })?.actions[0].action,
            lint != nil
        {
            isLintOpen = choice == .lint
            return nil
        }
        guard isLintOpen, lint != nil else { return watch.handle(key) }
        switch lint?.handle(key) {
        case .screen(let effect): return effect
        case .show(let place, let why):
            show(place)
            watch.notice = why
            return nil
        case nil: return nil
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
        isLintOpen = false
        watch.show(evidence: place)
    }

    mutating func draw(height: Int, width: Int, now: Timestamp, status: ScreenStatus) -> Canvas {
        var places = [PlaceName.watch]
        if let lint { places.append(.lint(lint.count)) }
        guard isLintOpen, lint != nil else {
            return watch.draw(height: height, width: width, now: now, status: status, places: places)
        }
        return lint?.draw(height: height, width: width, places: places) ?? Canvas(height: height, width: width)
    }
}

extension Watch {
    mutating func show(evidence place: WirePlace) {
        close()
        isScopeChosen = true
        focus = .ladder
        filter = nil
        show(.connection(place.connection))
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
