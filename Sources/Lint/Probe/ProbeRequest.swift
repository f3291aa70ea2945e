package import Wire

/// An opening handshake as a step wants it, good or bad.
package struct ProbeRequest: Sendable {
    package var method = "GET"
    package var target: String
    package var version = "HTTP/1.1"
    package private(set) var fields: [(name: String, value: String)] = []
    /// What a step made of it that a good client would not, for the transcript; safe text.
    private var changes: [String] = []

    /// What a good client sends, RFC 6455 §4.1.
    /// - Parameter key: 16 random bytes in base64.
    init(_ target: ProbeTarget, _ options: ProbeOptions, key: String) {
        self.target = target.target
        put("Host", target.authority)
        put("Upgrade", "websocket")
        put("Connection", "Upgrade")
        put("Sec-WebSocket-Key", key)
        put("Sec-WebSocket-Version", OpeningHandshake.version)
        if let origin = options.origin { put("Origin", origin) }
        if !options.subprotocols.isEmpty {
            put("Sec-WebSocket-Protocol", options.subprotocols.joined(separator: ", "))
        }
        for header in options.headers { put(header.name, header.value) }
    }

    /// Sets a field and says so in the transcript.
    mutating func set(_ name: String, _ value: String) {
        put(name, value)
        changes.append("\(name): \(Transcript.cut(value, to: 60))")
    }

    /// Removes a field and says so in the transcript.
    mutating func remove(_ name: String) {
        guard has(name) else { return }
        drop(name)
        changes.append("without \(name)")
    }

    /// Adds a field that may be there already.
    mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

    /// Removes a secret, silently.
    mutating func drop(_ name: String) { fields.removeAll { $0.name.lowercased() == name.lowercased() } }

    mutating func say(_ change: String) { changes.append(change) }

    func has(_ name: String) -> Bool { fields.contains { $0.name.lowercased() == name.lowercased() } }

    private mutating func put(_ name: String, _ value: String) {
        guard let index = fields.firstIndex(where: { $0.name.lowercased() == name.lowercased() }) else {
            return fields.append((name, value))
        }
        fields[index].value = value
    }

    var bytes: [UInt8] {
        let lines = ["\(method) \(target) \(version)"] + fields.map { "\($0.name): \($0.value)" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// For the transcript: the request line without the query, and what is unusual.
    var words: String {
        let path = SafeText.escape(String(target.prefix { $0 != "?" }))
        let line = "\(method) \(path)\(target.contains("?") ? "?…" : "") \(version)"
        return changes.isEmpty ? line : "\(line), \(changes.joined(separator: ", "))"
    }
}

/// What came back to a request.
package enum HandshakeAnswer: Hashable, Sendable {
    case head(HTTPHead)
    /// Bytes that are no HTTP, or a head that does not end.
    case notHTTP
    /// TCP ended without an answer.
    case ended(LineEnd)
    case silence

    var status: Int? {
        switch self {
        case .head(let head): head.status
        case .notHTTP, .ended, .silence: nil
        }
    }

    var isSwitch: Bool { status == 101 }

    var words: String {
        switch self {
        case .head(let head):
            switch head.startLine {
            case .response(let version, let status, let phrase):
                Transcript.cut("\(version) \(status) \(phrase)")
            case .request, .malformed: "no HTTP response"
            }
        case .notHTTP: "no HTTP response"
        case .ended(let end): end.words
        case .silence: "no answer"
        }
    }
}
