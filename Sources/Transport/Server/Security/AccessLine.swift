internal import Wire

/// One line of an access log: `127.0.0.1:51544 ada "GET /chat/blue?ticket=-" 101`.
package enum AccessLine {
    /// What a URL may hold and no log should: it is written, kept and sent on in places where nobody looks for secrets.
    private static let secret: Set = [
        "ticket", "token", "access_token", "key", "api_key", "secret", "password", "session",
    ]

    /// - Parameter hidesSecrets: False is the fault `secretsLogged`.
    static func text(_ address: HostPort?, _ user: String?, _ request: Request, _ status: Int, hidesSecrets: Bool)
        -> String
    {
        let target = hidesSecrets ? withoutSecrets(request.target) : request.target
        let line = SafeText.escape("\(request.method) \(target)")
        return "\(address?.description ?? "-") \(SafeText.escape(user ?? "-")) \"\(line)\" \(status)"
    }

    package static func withoutSecrets(_ target: String) -> String {
        guard let mark = target.firstIndex(of: "?") else { return target }
        let pairs = target[target.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).map {
            pair in
            let name = pair.prefix { $0 != "=" }
            return secret.contains(name.lowercased()) ? "\(name)=-" : String(pair)
        }
        return target[...mark] + pairs.joined(separator: "&")
    }
}
