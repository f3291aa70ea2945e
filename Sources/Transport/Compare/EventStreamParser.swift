/// Server-Sent Events, the HTML standard §9.2.6: lines of `field: value`, an event ends with an empty line.
package struct EventStreamParser: Sendable {
    package struct Event: Hashable, Sendable {
        package let id: String
        /// `message` unless the server gave another one.
        package let name: String
        package let data: String

        package init(id: String, name: String, data: String) {
            self.id = id
            self.name = name
            self.data = data
        }
    }

    /// What the client says when it comes back, in `Last-Event-ID`.
    package private(set) var lastEventID = ""
    /// In milliseconds; nil until the server said so.
    package private(set) var retry: Int?
    /// The event under way is longer than the limit: it was left out.
    package private(set) var hasOverflowed = false

    private var line: [UInt8] = []
    private var data: [String] = []
    private var dataSize = 0
    private var name = ""
    private var idBuffer = ""
    private var isAfterReturn = false
    private var isFirstLine = true
    private let longest: Int

    /// - Parameter longest: The most bytes of one event.
    package init(longest: Int = 1 << 20) { self.longest = longest }

    /// - Returns: The events that are complete with these bytes.
    package mutating func parse(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            // A line ends with CR LF, LF or CR.
            defer { isAfterReturn = byte == 0x0d }
            if byte == 0x0a, isAfterReturn { continue }
            if byte == 0x0a || byte == 0x0d {
                if let event = endLine() { events.append(event) }
            } else if line.count + dataSize < longest {
                line.append(byte)
            } else {
                hasOverflowed = true
            }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        var text = String(decoding: line, as: UTF8.self)
        line = []
        if isFirstLine, text.unicodeScalars.first == "\u{feff}" { text = String(text.unicodeScalars.dropFirst()) }
        isFirstLine = false
        if text.isEmpty { return dispatch() }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : ""
        if value.hasPrefix(" ") { value = value.dropFirst() }
        take(String(parts[0]), String(value))
        return nil
    }

    private mutating func take(_ field: String, _ value: String) {
        switch field {
        case "data":
            data.append(value)
            dataSize += value.utf8.count + 1
        case "event": name = value
        case "id": if !value.unicodeScalars.contains("\0") { idBuffer = value }
        case "retry":
            if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { retry = Int(value) ?? retry }
        default: break  // a comment begins with a colon; other fields are ignored
        }
    }

    private mutating func dispatch() -> Event? {
        lastEventID = idBuffer
        defer {
            data = []
            dataSize = 0
            name = ""
            hasOverflowed = false
        }
        guard !data.isEmpty, !hasOverflowed else { return nil }
        return Event(id: lastEventID, name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
