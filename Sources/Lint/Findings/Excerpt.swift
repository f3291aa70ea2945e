package import Wire

/// As much of the evidence as can be shown at a glance.
package enum Excerpt: Hashable, Sendable {
    /// All of the frame before its payload.
    case frame(FrameHeader)
    /// Lines of a head; safe text, its secrets masked.
    case lines([String])

    /// - Parameter field: A header field's name; nil, and a field that is not there, stand for the start line.
    static func lines(of field: String?, in head: HTTPHead) -> Excerpt {
        let named = head.fields.filter { $0.name.equalsIgnoringCase(field ?? "") }
        guard !named.isEmpty else { return .lines([Mask.startLine(head.startLine)]) }
        return .lines(named.prefix(4).map { Mask.line($0) })
    }
}

/// What of a head may be shown: whatever may be a credential only by its first characters.
private enum Mask {
    static func startLine(_ line: HTTPHead.StartLine) -> String {
        switch line {
        case .request(let method, let target, let version): shown("\(method) \(self.target(target)) \(version)")
        case .response(let version, let status, let phrase): shown("\(version) \(status) \(phrase)")
        case .malformed: "a start line that is none"
        }
    }

    static func line(_ field: HeaderField) -> String { shown("\(field.name): \(value(of: field))") }

    /// These hold no credentials.
    private static let open: Set<String> = [
        "host", "upgrade", "connection", "origin", "server", "via", "date", "retry-after", "user-agent", "forwarded",
        "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-powered-by", "content-type", "content-length",
        "transfer-encoding", "sec-websocket-key", "sec-websocket-version", "sec-websocket-accept",
        "sec-websocket-extensions", "access-control-allow-origin", "strict-transport-security",
    ]

    private static func value(of field: HeaderField) -> String {
        let name = field.name.lowercased()
        if open.contains(name) { return field.value }
        let parts = field.value.split(separator: ";", omittingEmptySubsequences: false)
        switch name {
        case "cookie": return parts.map(pair).joined(separator: ";")
        case "set-cookie": return parts.prefix(1).map(pair).joined() + parts.dropFirst().map { ";\($0)" }.joined()
        case "authorization", "proxy-authorization":
            let words = field.value.split(separator: " ", maxSplits: 1)
            return words.count == 2 ? "\(words[0]) \(Secret.masked(words[1]))" : Secret.masked(field.value)
        default:
            return field.value.split(separator: ",").map { Secret.masked($0.drop { $0 == " " }) }.joined(
                separator: ", ")
        }
    }

    /// The values of a query, and what stands before the "@" of a whole URI.
    private static func target(_ whole: String) -> String {
        let target = Credential.userinfo(of: whole).map { whole.replacing("://\($0)@", with: "://…@") } ?? whole
        guard let mark = target.firstIndex(of: "?") else { return target }
        let query = target[target.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false)
        return target[...mark] + query.map(parameter).joined(separator: "&")
    }

    /// Short ones that are not called a secret tell more than they give away: "room=5".
    private static func parameter(_ text: Substring) -> String {
        let name = text.prefix { $0 != "=" }
        let isSecret =
            Secret.isAboutIdentity(name) || Secret.isSignatureNamed(name) || text.count - name.count > 12
        return isSecret ? pair(text) : String(text)
    }

    /// "name=value", or a value alone.
    private static func pair(_ text: Substring) -> String {
        guard let sign = text.firstIndex(of: "=") else { return Secret.masked(text) }
        return text[...sign] + Secret.masked(text[text.index(after: sign)...])
    }

    private static func shown(_ text: String) -> String {
        let safe = SafeText.escape(String(text.prefix(200)))
        return safe.count > 200 ? "\(safe.prefix(199))…" : safe
    }
}
