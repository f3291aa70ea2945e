/// Between whom a proxy stands, and its limits.
package struct ProxyConfiguration: Hashable, Sendable {
    /// Where clients connect. A loopback address unless somebody chose otherwise; see `ProxyServer` on who can reach it.
    package var listen: HostPort
    /// The server behind the proxy. Its target is `/`: the clients' own request targets are passed on as they are.
    package var upstream: WebSocketURL
    /// The certificate towards clients; nil takes plain TCP.
    package var serverTLS: ServerTLS?
    /// How the upstream's certificate is verified, where its URL is `wss`.
    package var clientTLS = ClientTLS()
    /// Puts the upstream's authority in place of the clients' Host, and of an Origin that names the same host.
    package var rewritesHost = false
    /// For resolving, connecting and the TLS handshake with the upstream together.
    package var connectTimeout: Duration = .seconds(10)
    /// Connections open at once; further ones wait in the listening socket's queue.
    package var maxConnections = 1024
    /// Threads that forward; the connections are spread over them.
    package var threads = 2

    package init(listen: HostPort, upstream: WebSocketURL) {
        self.listen = listen
        self.upstream = upstream
    }

    /// Throws what no proxy can be made of.
    func validate() throws(TransportError) {
        guard upstream.target == "/" else {
            throw TransportError(
                what: "cannot proxy to \(upstream)",
                why: "the clients' own request targets are passed on as they are, so a path here would have no effect",
                advice: "leave the path out, and let clients ask for it")
        }
        guard upstream.address != listen else {
            throw TransportError(
                what: "cannot proxy to \(upstream)", why: "the proxy itself listens there",
                advice: "listen on another port than the server's")
        }
    }
}
