import Wire

/// Intermediaries that tell who they are.
extension IdleLimit {
    /// The one that a response names, with the limit it has unless its owner changed it; nil where none is named.
    static func announced(by response: HTTPHead) -> IdleLimit? {
        let server = response.values("Server").first?.lowercased() ?? ""
        if server.hasPrefix("nginx") || server.hasPrefix("openresty") { return IdleLimit("nginx", seconds: 60) }
        if server.hasPrefix("cloudflare") { return IdleLimit("Cloudflare", seconds: 100) }
        if server.hasPrefix("heroku") || response.values("Via").contains(where: { $0.lowercased().contains("vegur") }) {
            return IdleLimit("Heroku", seconds: 55)
        }
        return nil
    }
}
