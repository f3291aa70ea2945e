import Connection
import Wire

/// How far the ending of a connection has come, and how good an end it is.
enum Ending: Hashable, Sendable {
    /// There never was a WebSocket connection.
    case neverOpen
    /// Neither side has begun to close; of a closed connection: the recording ended before.
    case notBegun
    /// A Close is on the wire, TCP is there still.
    case begun(StatusCode)
    case clean(StatusCode)
    case unclean(StatusCode)

    init(_ closure: Closure) {
        let close = closure.first.flatMap { closure.wire[$0] }?.payload.closeCode
        self =
            switch (closure.wasEstablished, closure.firstToEnd) {
            case (false, _): .neverOpen
            case (true, nil): close.map { .begun($0) } ?? .notBegun
            case (true, .some):
                closure.isClean ? .clean(close ?? .abnormalClosure) : .unclean(close ?? .abnormalClosure)
            }
    }

    /// For the list of connections: at most eight columns.
    var short: String {
        switch self {
        case .neverOpen: "no 101"
        case .notBegun: "open ·"
        case .begun(let code): "\(code) ·"
        case .clean(let code): "\(code) ✓"
        case .unclean(let code): "\(code) ✗"
        }
    }

    var text: String {
        switch self {
        case .neverOpen: "✗ never open"
        case .notBegun: "· still open"
        case .begun(let code): "\(code) · TCP still open"
        case .clean(let code): "\(code) ✓ clean"
        case .unclean(let code): "\(code) ✗ not clean"
        }
    }

    var style: Style {
        switch self {
        case .neverOpen: .verdictWarning
        case .notBegun, .begun: .text
        case .clean: .verdictGood
        case .unclean: .verdictBad
        }
    }

    /// Whether TCP has told its end; else it is the recording that ended.
    var isOver: Bool {
        switch self {
        case .neverOpen, .clean, .unclean: true
        case .notBegun, .begun: false
        }
    }
}
