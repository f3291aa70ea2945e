import Wire

/// The teaching server's pages besides its scenarios' own: the browser's at `/`, and `/metrics`.
struct TeachingPages: Sendable {
    private let options: WebSocketServer.Options

    init(_ options: WebSocketServer.Options) { self.options = options }

    /// - Returns: Nil where it is for somebody else: at `/`, whoever asks for no HTML, as curl does, gets the plain text.
    func page(for request: Request, metrics: () -> String) -> Page? {
        switch request.path {
        case "/" where TeachingPages.wantsHTML(request): html(request)
        case "/metrics" where options.showsMetrics:
            Page(
                status: 200, text: metrics(),
                fields: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8"), Page.unstored])
        default: nil
        }
    }

    private static func wantsHTML(_ request: Request) -> Bool {
        request.head.tokens("Accept").contains { $0.prefix { $0 != ";" }.lowercased() == "text/html" }
    }

    /// Nothing on the page comes from elsewhere, nothing may be added to it, and no other page may frame it.
    private func html(_ request: Request) -> Page {
        let nonce = Secret.random()
        let policy = [
            "default-src 'none'", "script-src 'nonce-\(nonce)'", "style-src 'nonce-\(nonce)'",
            "connect-src 'self'\(sockets(request))", "img-src data:", "base-uri 'none'", "form-action 'none'",
            "frame-ancestors 'none'",
        ]
        return Page(
            status: 200, text: BrowserPage(nonce: nonce, methods: options.authentication?.methods ?? []).html,
            fields: [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Security-Policy", policy.joined(separator: "; ")),
                ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                ("Cross-Origin-Opener-Policy", "same-origin"), Page.unstored,
            ])
    }

    /// The same host by the schemes ws or wss, which not every browser counts as `'self'`.
    private func sockets(_ request: Request) -> String {
        let host = request.header("Host").first ?? ""
        guard !host.isEmpty, host.utf8.allSatisfy({ TeachingPages.isPlain($0) }) else { return "" }
        return " \(options.tls == nil ? "ws" : "wss")://\(host)"
    }

    /// What cannot end a source of the policy.
    private static func isPlain(_ byte: UInt8) -> Bool {
        let symbol = Character(Unicode.Scalar(byte))
        return symbol.isASCII && (symbol.isLetter || symbol.isNumber || "-.:[]".contains(symbol))
    }
}
