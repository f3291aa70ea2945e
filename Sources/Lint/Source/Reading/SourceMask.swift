/// Secrets in lines of source code that are shown.
enum SourceMask {
    static func masked(_ text: String) -> String {
        guard mayHoldOne(text) else { return text }
        var text = text
        for pattern in [queryValue, userInfo] {
            text.replace(pattern) { match in "\(match.1)\(Secret.masked(match.2))" }
        }
        let bytes = Array(text.utf8)
        for hit in PayloadScan(bytes.span).hits.reversed() { mask(hit, in: &text) }
        return text
    }

    private static func mask(_ hit: PayloadScan.Hit, in text: inout String) {
        let start = text.utf8.index(text.startIndex, offsetBy: hit.bytes.lowerBound)
        let end = text.utf8.index(text.startIndex, offsetBy: hit.bytes.upperBound)
        switch hit.kind {
        case .privateKey: text.replaceSubrange(end..., with: "…")
        case .cloudKey, .webToken: text.replaceSubrange(start..<end, with: Secret.masked(text[start..<end]))
        case .stackTrace, .sourceLine, .databaseError, .namedSecret, .email, .card, .privateAddress: break
        }
    }

    /// Expressions are slow, and few lines have secrets.
    private static func mayHoldOne(_ text: String) -> Bool {
        ["=", "@", "AKIA", "ASIA", "AIza", "gh", "sk_live_", "xox", "eyJ", "KEY-----"].contains { text.contains($0) }
    }

    /// A key of a query that is there to prove who asks, and its value.
    static var queryValue: Regex<(Substring, Substring, Substring)> {
        /([?&](?i:access_token|id_token|token|jwt|api_?key|auth|password|secret|session(?:_?id)?)=)([^&#\s"'`$%{}<>+\\]+)/
    }

    /// What stands before the "@" of a URL.
    static var userInfo: Regex<(Substring, Substring, Substring)> {
        /(wss?:\/\/[^\s\/:@"'`$%{}<>+]+:)([^\s\/:@"'`$%{}<>+]+)(?=@)/
    }
}
