import Connection
import Wire

/// Places in words.
extension Place {
    /// Where it is, in one line without the name of what was linted: "#1 /chat, frame 42 of the client".
    package var words: String {
        switch self {
        case .wire(let place): place.words
        case .probe(let place): place.step
        case .source(let place): "\(place.file):\(place.line):\(place.column)"
        }
    }
}

extension WirePlace {
    /// "#1 /chat, frame 42 of the client", "#1 /chat, Origin of the request".
    package var words: String {
        let name = "#\(connection.rawValue)\(path.map { " \($0)" } ?? "")"
        let detail: String? =
            if let frame {
                "frame \(frame)" + (side.map { " of the \($0)" } ?? "")
            } else if let field {
                "\(field) of the \(side == .server ? "response" : "request")"
            } else {
                side.map { "the \($0)" }
            }
        return name + (detail.map { ", \($0)" } ?? "")
    }

    /// What tells it from other places of its connection: "conn/1/frame/42", "conn/1/request/Origin", "conn/1".
    package var qualifiedName: String {
        let connection = "conn/\(connection.rawValue)"
        if let frame { return "\(connection)/frame/\(frame)" }
        if let field { return "\(connection)/\(side == .server ? "response" : "request")/\(field)" }
        return connection
    }

    /// "12:00:00.003" or "12:00:00.003 – 12:01:34.003", UTC.
    package var times: String {
        let (from, until) = (time.lowerBound.timeOfDay, time.upperBound.timeOfDay)
        return from == until ? from : "\(from) – \(until)"
    }
}

extension Timestamp {
    /// "12:00:00.003", UTC.
    package var timeOfDay: String {
        let civil = CivilTime(seconds: nanoseconds / 1_000_000_000)
        let milliseconds = Int(nanoseconds / 1_000_000 % 1000)
        let time = [civil.hour, civil.minute, civil.second].map { $0.digits(2) }.joined(separator: ":")
        return "\(time).\(milliseconds.digits(3))"
    }

    /// "2026-11-24", UTC.
    package var date: String {
        let civil = CivilTime(seconds: nanoseconds / 1_000_000_000)
        return "\(civil.year.digits(4))-\(civil.month.digits(2))-\(civil.day.digits(2))"
    }

    /// "2026-11-24T20:14:03.120413987Z", RFC 3339.
    package var rfc3339: String {
        let civil = CivilTime(seconds: nanoseconds / 1_000_000_000)
        let time = [civil.hour, civil.minute, civil.second].map { $0.digits(2) }.joined(separator: ":")
        return "\(date)T\(time).\(Int(nanoseconds % 1_000_000_000).digits(9))Z"
    }
}

extension Int {
    /// With zeros in front.
    fileprivate func digits(_ count: Int) -> String {
        let text = "\(self)"
        return String(repeating: "0", count: Swift.max(0, count - text.count)) + text
    }
}
