/// Why a server did not switch protocols, for a person who wants it to.
extension OpeningHandshake {
    /// - Returns: Nil where the response is a 101; else a sentence of safe text.
    package static func refusal(in response: HTTPHead, to request: HTTPHead) -> String? {
        guard case .response(_, let status, let phrase) = response.startLine else { return "this is no HTTP response" }
        if status == 101 { return nil }
        let line = phrase.isEmpty ? "\(status)" : "\(status) \(SafeText.escape(phrase))"
        return "\(line): \(explanation(status, response, request))"
    }

    private static func explanation(_ status: Int, _ response: HTTPHead, _ request: HTTPHead) -> String {
        if let refused = refusedVersion(response, request) { return refused }
        switch status {
        case 100..<200: return "an interim answer, the real one is still to come"
        case 200..<300:
            return "an ordinary HTTP answer: nothing serves WebSocket at this path, or a proxy removed the Upgrade"
        case 300..<400: return redirect(response)
        case 400: return "the server, or a proxy before it, finds the request faulty"
        case 401: return "the server wants credentials\(quoted("WWW-Authenticate", response))"
        case 403: return "the server does not want this client: look at Origin, cookies and tokens"
        case 404: return "there is nothing at this path"
        case 405: return "this path does not take GET"
        case 407: return "a proxy wants credentials\(quoted("Proxy-Authenticate", response))"
        case 414, 431: return "the request is too large for the server"
        case 426: return "the server saw no upgrade to WebSocket: a proxy may have removed Upgrade and Connection"
        case 429: return "too many requests\(quoted("Retry-After", response))"
        case 502, 503, 504: return "a proxy or load balancer answers, the server behind it does not"
        case 500..<600: return "the server failed; its own log knows why"
        default: return "the server did not switch protocols"
        }
    }

    /// §4.4: the versions the server would take, where they are told and ours is not among them.
    private static func refusedVersion(_ response: HTTPHead, _ request: HTTPHead) -> String? {
        let supported = response.tokens("Sec-WebSocket-Version")
        let asked = request.values("Sec-WebSocket-Version").first
        guard !supported.isEmpty, asked.map({ !supported.contains($0) }) ?? true else { return nil }
        let versions = SafeText.escape(supported.joined(separator: ", "))
        let ours = asked.map { "not \(SafeText.escape($0))" } ?? "and none was asked for"
        return "the server speaks version \(versions), \(ours)"
    }

    private static func redirect(_ response: HTTPHead) -> String {
        guard let location = response.values("Location").first else { return "a redirect that does not say where to" }
        return "the server redirects to \(SafeText.escape(location)); no client has to follow, and browsers do not"
    }

    private static func quoted(_ field: String, _ response: HTTPHead) -> String {
        response.values(field).first.map { ", \(field): \(SafeText.escape($0))" } ?? ""
    }
}
