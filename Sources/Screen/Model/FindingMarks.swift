import Connection
import Inspector
import Lint
import Wire

/// Which rows of the log are the evidence of a finding.
struct FindingMarks {
    private struct FrameKey: Hashable {
        let connection: ConnectionID
        let frame: UInt64
    }

    private struct HeadKey: Hashable {
        let connection: ConnectionID
        let side: Side
    }

    private var frames: [FrameKey: [Finding]] = [:]
    private var heads: [HeadKey: [Finding]] = [:]

    init() {}

    init(_ findings: [Finding]) {
        for finding in findings {
            for place in [finding.place] + finding.alsoIn {
                guard case .wire(let place) = place else { continue }
                if let frame = place.frame {
                    frames[FrameKey(connection: place.connection, frame: frame), default: []].append(finding)
                } else if place.field != nil, let side = place.side {
                    heads[HeadKey(connection: place.connection, side: side), default: []].append(finding)
                }
            }
        }
    }

    /// What was found in a row.
    func findings(in row: LogRow) -> [Finding] {
        switch row.kind {
        case .frame(let frame): frames[FrameKey(connection: row.connection, frame: frame.number)] ?? []
        case .request: heads[HeadKey(connection: row.connection, side: .client)] ?? []
        case .response: heads[HeadKey(connection: row.connection, side: .server)] ?? []
        case .opened, .established, .guessed, .undecoded, .hole, .effect, .fin, .reset, .closed: []
        }
    }

    /// The worst of what was found in a row.
    func severity(of row: LogRow) -> Severity? {
        frames.isEmpty && heads.isEmpty ? nil : findings(in: row).map(\.severity).max()
    }
}

extension Severity {
    /// One column; differs without colour.
    var sign: String {
        switch self {
        case .error: "‼"
        case .warning: "!"
        case .note: "·"
        }
    }

    var style: Style {
        switch self {
        case .error: .verdictBad
        case .warning: .verdictWarning
        case .note: .dim
        }
    }
}
