/// Judges a client's opening handshake, RFC 6455 §4.1 and §4.2.1.
struct RequestJudge {
    let head: HTTPHead

    var demands: [Demand] {
        [
            Demand(.requestGrammar, grammar), Demand(.method, method), Demand(.requestVersion, httpVersion),
            Demand(.target, target), Demand(.host, host), Demand(.upgrade, upgrade), Demand(.connection, connection),
            key, Demand(.keyOnce, once("Sec-WebSocket-Key")), Demand(.webSocketVersion, version),
            Demand(.webSocketVersionOnce, once("Sec-WebSocket-Version")), Demand(.origin, origin),
            Demand(.subprotocols, subprotocols), Demand(.extensions, extensions), Demand(.requestBody, body),
        ]
    }

    private var grammar: Demand.Verdict {
        head.faults.isEmpty ? .met : .broken(head.faults.joined(separator: "; "))
    }

    private var method: Demand.Verdict {
        guard case .request(let method, _, _) = head.startLine else { return .broken("there is no request line") }
        return method == "GET" ? .met : .broken("the method is \(SafeText.escape(method))")
    }

    private var httpVersion: Demand.Verdict {
        guard case .request(_, _, let version) = head.startLine else { return .broken("there is no request line") }
        return HTTPVersion(version)?.isEnough == true ? .met : .broken("the version is \(SafeText.escape(version))")
    }

    /// "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used", §3.
    private var target: Demand.Verdict {
        guard let target = head.target else { return .broken("there is no request line") }
        if target.contains("#") { return .broken("it has a fragment: \"#\" must be written %23") }
        if target.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7f }) {
            return .broken("it has characters that must be percent-encoded")
        }
        if target.hasPrefix("/") { return .met }
        guard let schemeEnd = target.firstRange(of: "://") else {
            return .broken("it begins with neither \"/\" nor a scheme")
        }
        let scheme = String(target[..<schemeEnd.lowerBound])
        let isKnown = ["http", "https", "ws", "wss"].contains { $0.equalsIgnoringCase(scheme) }
        return isKnown ? .met : .broken("the scheme \(SafeText.escape(scheme)) is neither http nor https")
    }

    private var host: Demand.Verdict {
        let values = head.values("Host")
        guard let value = values.first else { return .broken("Host is missing") }
        guard values.count == 1 else { return .broken("Host is there \(values.count) times") }
        if Authority.isValid(value) { return .met }
        return .broken("\"\(SafeText.escape(value))\" is no host with an optional port")
    }

    private var upgrade: Demand.Verdict { list("Upgrade", includes: "websocket") }

    private var connection: Demand.Verdict { list("Connection", includes: "Upgrade") }

    private func list(_ field: String, includes token: String) -> Demand.Verdict {
        if head.contains(token, in: field) { return .met }
        let tokens = head.tokens(field)
        if tokens.isEmpty { return .broken("\(field) is missing; a proxy in between may have removed it") }
        return .broken("it is \(SafeText.escape(tokens.joined(separator: ", ")))")
    }

    private var key: Demand {
        guard let value = head.values("Sec-WebSocket-Key").first else {
            return Demand(.key, .broken("Sec-WebSocket-Key is missing"))
        }
        guard let (bytes, isCanonical) = Base64.decode(value) else {
            return Demand(.key, .broken("it is not base64"))
        }
        guard bytes.count == 16 else { return Demand(.key, .broken("it is \(bytes.count) bytes long when decoded")) }
        // The standard's own example, AQIDBAUGBwgJCgsMDQ4PEC==, is of this kind.
        return Demand(.key, .met, note: isCanonical ? nil : "the unused last bits are not 0, which is tolerated")
    }

    private func once(_ field: String) -> Demand.Verdict {
        let count = head.values(field).count
        switch count {
        case 0: return .notApplicable("\(field) is missing")
        case 1: return .met
        default: return .broken("\(field) is there \(count) times")
        }
    }

    private var version: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Version")
        guard let value = values.first else { return .broken("Sec-WebSocket-Version is missing") }
        guard let other = values.first(where: { $0 != OpeningHandshake.version }) else { return .met }
        let isNumber = UInt8(value).map { String($0) == value } ?? false
        return .broken("it is \(SafeText.escape(other))\(isNumber ? "" : ", no number from 0 to 255")")
    }

    private var origin: Demand.Verdict {
        let values = head.values("Origin")
        guard let value = values.first else { return .notApplicable("no Origin: the client is not a browser") }
        guard values.count == 1 else { return .broken("Origin is there \(values.count) times") }
        if Authority.isOrigin(value) { return .met }
        return .broken("\"\(SafeText.escape(value))\" is no scheme://host and not null")
    }

    private var subprotocols: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Protocol")
        if values.isEmpty { return .notApplicable("none is asked for") }
        var seen: Set<String> = []
        for element in values.flatMap(\.listElements) {
            if element.isEmpty { return .broken("an element is empty") }
            if !element.isToken { return .broken("\(SafeText.escape(element)) is no token") }
            if !seen.insert(element).inserted { return .broken("\(element) is there twice") }
        }
        return .met
    }

    private var extensions: Demand.Verdict {
        let values = head.values("Sec-WebSocket-Extensions")
        if values.isEmpty { return .notApplicable("none is offered") }
        switch ExtensionOffer.parse(values) {
        case .success: return .met
        case .failure(let fault): return .broken(fault.description)
        }
    }

    private var body: Demand.Verdict {
        if !head.values("Transfer-Encoding").isEmpty { return .broken("Transfer-Encoding announces a body") }
        let length = head.values("Content-Length").first { $0 != "0" }
        return length == nil ? .met : .broken("Content-Length announces a body")
    }
}
