import Connection
import Wire

/// What a text message is for, as far as its first bytes and its top level tell: found once a message, for all rules.
package struct MessageGist: Sendable {
    /// A heartbeat in the application's own words.
    package enum Beat: Hashable, Sendable {
        /// It wants an answer: "ping".
        case ping
        /// It is one: "pong".
        case pong
        /// It only says that somebody is there: "heartbeat", "ka".
        case tick
    }

    package var beat: Beat?
    /// Where the payload says what kind of message it is.
    package private(set) var type: Range<Int>?
    /// Where the payload has what ties a reply to its request.
    package private(set) var id: Range<Int>?

    /// Larger messages are no heartbeats.
    private static let beatLimit = 512

    static let none = MessageGist()

    private init() {}

    /// - Parameter sketch: Of the payload, nil where it is no JSON object.
    package init(_ payload: Span<UInt8>, _ sketch: JSONSketch?) {
        guard let sketch else {
            if payload.count <= Self.beatLimit { beat = Self.beat(ofPlain: payload) }
            return
        }
        type = sketch.typeMember?.value
        id = sketch.idMember?.value
        if payload.count <= Self.beatLimit { beat = beat(payload, sketch) }
    }
}

/// Heartbeats, as libraries and exchanges write them.
extension MessageGist {
    /// Engine.IO's kinds of message: "2" and "3".
    static func engineIO(_ kind: UInt8) -> Beat? { kind == 0x32 ? .ping : kind == 0x33 ? .pong : nil }

    /// By its type, or by a single key: `{"type":"ping"}`, `{"ping":1767614400}`.
    private func beat(_ payload: Span<UInt8>, _ sketch: JSONSketch) -> Beat? {
        if let type, let beat = Self.beat(named: payload.extracting(type)) { return beat }
        if let type, payload.extracting(type).equals("6"), payload[payload.count - 1] == 0x1e { return .tick }
        guard let first = sketch.members.first, sketch.members.count <= 2 else { return nil }
        let key = payload.extracting(first.key)
        return Self.matches(key, "ping") ? .ping : Self.matches(key, "pong") ? .pong : nil
    }

    /// A word alone, a line end alone (STOMP), or the array of Phoenix.
    private static func beat(ofPlain payload: Span<UInt8>) -> Beat? {
        let text = payload.extracting(payload.withoutSpace)
        guard text.count > 0 else { return .tick }
        if text[0] == 0x5b, payload.contains("\"phoenix\"") {
            return payload.contains("\"heartbeat\"") ? .ping : payload.contains("\"phx_reply\"") ? .pong : nil
        }
        return text.count <= 20 ? beat(named: text) : nil
    }

    private static func beat(named name: Span<UInt8>) -> Beat? {
        guard (1...24).contains(name.count), beginnings.contains(name[0] | 0x20) else { return nil }
        if pings.contains(where: { matches(name, $0) }) { return .ping }
        if pongs.contains(where: { matches(name, $0) }) { return .pong }
        return ticks.contains { matches(name, $0) } ? .tick : nil
    }

    /// Without regard to case.
    private static func matches(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        text.equals(word, ignoringCase: true)
    }

    /// Of all that follows, with the bit of small letters: p, _, h, k, c, a.
    private static let beginnings: [UInt8] = [0x70, 0x7f, 0x68, 0x6b, 0x63, 0x61]
    private static let pings: [StaticString] = ["ping", "__ping__"]
    private static let pongs: [StaticString] = ["pong", "__pong__", "ping_ack", "heartbeat_ack", "heartbeatack"]
    private static let ticks: [StaticString] = [
        "heartbeat", "hb", "h", "keepalive", "keep-alive", "keep_alive", "ka", "connection_keep_alive", "alive",
    ]
}

extension Span<UInt8> {
    /// Whether these are the bytes of that text, in lower case or not.
    func equals(_ text: StaticString, ignoringCase: Bool) -> Bool {
        guard ignoringCase else { return equals(text) }
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { other in
            for index in 0..<count where self[index].lowercasedLetter != other[index] { return false }
            return true
        }
    }

    /// Whether that text, which is in lower case, is somewhere in these bytes, in whatever case.
    func contains(_ text: StaticString) -> Bool { range(of: text) != nil }

    /// Where that text, which is in lower case, comes first, in whatever case.
    func range(of text: StaticString) -> Range<Int>? {
        text.withUTF8Buffer { word in
            guard let first = word.first, count >= word.count else { return nil }
            search: for start in 0...(count - word.count) where self[start].lowercasedLetter == first {
                for index in 1..<Swift.max(word.count, 1) where self[start + index].lowercasedLetter != word[index] {
                    continue search
                }
                return start..<start + word.count
            }
            return nil
        }
    }

    /// All but the white space around them.
    var withoutSpace: Range<Int> {
        var start = 0
        var end = count
        while start < end, self[start] <= 0x20 { start += 1 }
        while end > start, self[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }
}
