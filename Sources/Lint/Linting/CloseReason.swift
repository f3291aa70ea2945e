import Connection
import Wire

/// What a Close says about time that ran out.
enum CloseReason: Hashable {
    /// A Ping was not answered: "keepalive ping timeout", "no pong received".
    case unanswered
    /// Nothing came for long: "idle timeout", "heartbeat timeout".
    case silence

    /// - Returns: nil where it says something else, or nothing.
    init?(_ payload: ClosePayload) {
        guard case .status(let code, let reason) = payload else { return nil }
        let text = reason.span
        let isOver = ["timeout", "timed out", "missed", "expired", "no ", "lost"].contains { text.contains($0) }
        if isOver, text.contains("pong") || text.contains("ping timeout") {
            self = .unanswered
        } else if isOver, text.contains("heartbeat") || text.contains("ping") || text.contains("alive") {
            self = .silence
        } else if ["idle", "inactiv", "no activity", "timeout", "timed out"].contains(where: { text.contains($0) }) {
            self = .silence
        } else if code == 3008 {
            // "Timeout" in IANA's registry.
            self = .silence
        } else {
            return nil
        }
    }
}
