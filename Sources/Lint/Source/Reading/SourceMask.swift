/// Secrets in lines of source code that are shown.
enum SourceMask {
    static func masked(_ text: String) -> String {
        guard mayHoldOne(text) else { return text }
        var text = text
        for pattern in [queryValue, userInfo, accessKey, token] {
            text.replace(pattern) { match in "\(match.1)\(Secret.masked(match.2))" }
        }
        text.replace(keyBody) { match in "\(match.1)…" }
        return text
    }

    /// Expressions are slow, and few lines have secrets.
    private static func mayHoldOne(_ text: String) -> Bool {
        text.utf8.count >= 8
            && ["=", "@", "AKIA", "ASIA", "eyJ", "KEY-----"].contains { text.contains($0) }
    }

    /// A key of a query that is there to prove who asks.
    nonisolated(unsafe) static let queryValue =
        /([?&](?i:access_token|id_token|token|jwt|api_?key|auth|password|secret|session(?:_?id)?)=)([^&#\s"'`$%{}<>+\\]+)/
    nonisolated(unsafe) static let userInfo = /(wss?:\/\/[^\s\/:@"'`$%{}<>+]+:)([^\s\/:@"'`$%{}<>+]+)(?=@)/
    nonisolated(unsafe) static let accessKey = /()(\b(?:AKIA|ASIA)[0-9A-Z]{16}\b)/
    nonisolated(unsafe) static let token = /()(\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*)?)/
    nonisolated(unsafe) static let keyBody = /(-----BEGIN [A-Z ]*PRIVATE KEY-----).+/
}
