import Connection
import Inspector
import Lint

/// One of the five places of the screen. Each has its digit for good, also while others have nothing to show.
nonisolated package enum PlaceID: Int, Hashable, Sendable, CaseIterable {
    case watch = 1
    case learn, quiz, lint, progress

    var digit: Character { Character("\(rawValue)") }
}

/// What a place is drawn for.
struct PlaceView {
    let height: Int
    let width: Int
    let now: Timestamp
    let status: ScreenStatus
    /// The places that have something to show, as the first line names them.
    let places: [PlaceName]
}

/// What a key leads to outside of its place.
enum Outcome: Hashable {
    case screen(Watch.Effect)
    /// Evidence on the wire, and what it is evidence of.
    case show(WirePlace, why: String)
    /// A row of the log in the place Watch, and why it is looked at.
    case row(LogRow, why: String)
    case go(PlaceID)
    /// A step of a lesson, or the lesson where one stopped.
    case lesson(Int, step: String?)
    /// What is due.
    case review
}

/// A part of the screen that has the whole of it while it is open.
protocol Place {
    /// Whether the place needs a key that would else lead to another place, such as a digit while one types.
    func wants(_ key: Key) -> Bool
    mutating func outcome(of key: Key) -> Outcome?
    mutating func draw(_ view: PlaceView) -> Canvas
}

extension Watch: Place {
    func wants(_ key: Key) -> Bool { prompt != nil }

    mutating func outcome(of key: Key) -> Outcome? { handle(key).map { .screen($0) } }

    mutating func draw(_ view: PlaceView) -> Canvas {
        draw(height: view.height, width: view.width, now: view.now, status: view.status, places: view.places)
    }
}

extension LintPlace: Place {
    func wants(_ key: Key) -> Bool { prompt != nil }

    mutating func outcome(of key: Key) -> Outcome? { handle(key) }

    mutating func draw(_ view: PlaceView) -> Canvas {
        draw(height: view.height, width: view.width, places: view.places)
    }
}
