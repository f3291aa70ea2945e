/// Who may do what in which room; without any, everybody may do everything.
package struct Grant: Hashable, Sendable {
    package enum Action: String, CaseIterable, Hashable, Sendable {
        /// To be in the room and receive.
        case read
        /// To send text and binary messages.
        case send
        case sendText = "send-text"
        case sendBinary = "send-binary"

        func covers(_ asked: Action) -> Bool { self == asked || (self == .send && asked != .read) }
    }

    /// `*` for everybody, also without authentication.
    package let user: String
    package let action: Action
    /// `*` for all; `news-*` for all that begin with `news-`.
    package let room: String

    package init(user: String, action: Action, room: String) {
        self.user = user
        self.action = action
        self.room = room
    }

    /// Reads `ada:send:blue`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let action = Action(rawValue: parts[1]), !parts[0].isEmpty, !parts[2].isEmpty else {
            return nil
        }
        self.init(user: parts[0], action: action, room: parts[2])
    }

    func allows(_ asked: Action, user asking: String?, room place: String) -> Bool {
        action.covers(asked) && (user == "*" || user == asking) && Grant.matches(room, place)
    }

    private static func matches(_ pattern: String, _ room: String) -> Bool {
        pattern.hasSuffix("*") ? room.hasPrefix(pattern.dropLast()) : pattern == room
    }
}

extension [Grant] {
    /// What is not granted is refused, where anything is.
    package func allow(_ action: Grant.Action, user: String?, room: String) -> Bool {
        isEmpty || contains { $0.allows(action, user: user, room: room) }
    }
}
