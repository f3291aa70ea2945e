package import Wire

/// Something in an opening handshake's request that may tell the server who the client is.
package struct Credential: Hashable, Sendable {
    package enum Carrier: Hashable, Sendable {
        case cookie, authorization, field, subprotocol, query, userinfo
    }

    package let carrier: Carrier
    /// The name of the field, or the query's key; not safe.
    package let name: String
    /// As it came; shown by `Secret.masked` only.
    package let value: String

    /// Of one request, more are not looked at.
    private static let limit = 32

    /// Everything in a request that may be one, in the order of the list of carriers.
    package static func all(in request: HTTPHead) -> [Credential] {
        var found = fields(of: request)
        for token in request.tokens("Sec-WebSocket-Protocol").prefix(limit) where isSecret(protocol: token) {
            found.append(Credential(carrier: .subprotocol, name: "Sec-WebSocket-Protocol", value: token))
        }
        guard let target = request.target else { return found }
        if let userinfo = userinfo(of: target) {
            found.append(Credential(carrier: .userinfo, name: "userinfo", value: userinfo))
        }
        for item in query(of: target) where isSecret(item.key, item.value) {
            found.append(Credential(carrier: .query, name: item.key, value: item.value))
        }
        return found
    }

    private static func fields(of request: HTTPHead) -> [Credential] {
        request.fields.prefix(4 * limit).compactMap { field in
            guard !field.value.isEmpty else { return nil }
            let carrier: Carrier? =
                switch Secret.plain(field.name) {
                case "cookie": .cookie
                case "authorization": .authorization
                case let name where name.hasPrefix("secwebsocket"): nil
                case let name: isFieldOfSecret(name) ? .field : nil
                }
            return carrier.map { Credential(carrier: $0, name: field.name, value: field.value) }
        }
    }

    /// - Parameter name: In plain form, such as "xauthtoken" or "xgoogiapjwtassertion".
    private static func isFieldOfSecret(_ name: String) -> Bool {
        name.hasAny(of: ["token", "apikey", "auth", "jwt", "session", "secret", "ticket"])
            && (!name.has("author") || name.has("authorization"))
    }

    /// A name of a subprotocol that is none: browsers can send a token in no other field.
    package static func isSecret(protocol token: String) -> Bool {
        if WebToken.first(in: token) != nil { return true }
        if token.split(separator: ".").contains(where: { Secret.isAboutIdentity($0) }) { return true }
        let digits = token.utf8.count { $0.isDigit }
        return token.utf8.count >= 24 && digits >= 4 && token.utf8.count { $0.isAlphanumeric } - digits >= 4
    }

    private static func isSecret(_ key: String, _ value: String) -> Bool {
        guard !value.isEmpty else { return false }
        return Secret.isNamed(key) || Secret.isTicketNamed(key) || Secret.isSignatureNamed(key)
            || WebToken.first(in: value) != nil
    }
}

extension Credential {
    /// The keys and values of a target's query as they stand, at most 64.
    package static func query(of target: String) -> [(key: String, value: String)] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        let query = target[target.index(after: mark)...].prefix { $0 != "#" }
        return query.split(whereSeparator: { $0 == "&" || $0 == ";" }).prefix(64).map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    /// A target without its query, and of a whole URI without its authority, which may hold a password.
    package static func path(of target: String) -> Substring {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        guard let (_, behind) = path.split(at: "://") else { return path }
        let rest = behind.drop { $0 != "/" }
        return rest.isEmpty ? "/" : rest
    }

    /// What stands before the "@" of a target that is a whole URI, RFC 3986 §3.2.1.
    static func userinfo(of target: String) -> String? {
        guard let (_, behind) = target.split(at: "://") else { return nil }
        let authority = behind.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let end = authority.lastIndex(of: "@") else { return nil }
        return String(authority[..<end])
    }
}
