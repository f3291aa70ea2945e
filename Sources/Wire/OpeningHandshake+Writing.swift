/// The texts of both sides, RFC 6455 §1.3.
extension OpeningHandshake {
    /// A client's request.
    /// - Parameters:
    ///   - target: Path and query, such as "/chat?room=1".
    ///   - host: The server's authority, such as "example.com:8080".
    ///   - key: 16 random bytes in base64, new for every connection.
    ///   - extensions: The value of `Sec-WebSocket-Extensions`, such as `DeflateParameters.offer()`.
    ///   - extra: Further header fields, behind the others.
    package static func request(
        target: String, host: String, key: String, origin: String? = nil, subprotocols: [String] = [],
        extensions: String? = nil, extra: [(name: String, value: String)] = []
    ) throws(HTTPHeadWriter.Fault) -> [UInt8] {
        var writer = try HTTPHeadWriter(target: target)
        try writer.add("Host", host)
        try writer.add("Upgrade", "websocket")
        try writer.add("Connection", "Upgrade")
        try writer.add("Sec-WebSocket-Key", key)
        try writer.add("Sec-WebSocket-Version", version)
        if let origin { try writer.add("Origin", origin) }
        if !subprotocols.isEmpty { try writer.add("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", ")) }
        if let extensions { try writer.add("Sec-WebSocket-Extensions", extensions) }
        for field in extra { try writer.add(field.name, field.value) }
        return writer.finish()
    }

    /// A server's 101.
    /// - Parameters:
    ///   - key: The request's `Sec-WebSocket-Key`.
    ///   - subprotocol: One of those offered; nil for none.
    ///   - extensions: The header of `DeflateParameters.negotiate`; nil for none.
    package static func response(
        key: String, subprotocol: String? = nil, extensions: String? = nil, extra: [(name: String, value: String)] = []
    ) throws(HTTPHeadWriter.Fault) -> [UInt8] {
        var writer = try HTTPHeadWriter(status: 101)
        try writer.add("Upgrade", "websocket")
        try writer.add("Connection", "Upgrade")
        try writer.add("Sec-WebSocket-Accept", AcceptKey.accept(for: key))
        if let subprotocol { try writer.add("Sec-WebSocket-Protocol", subprotocol) }
        if let extensions { try writer.add("Sec-WebSocket-Extensions", extensions) }
        for field in extra { try writer.add(field.name, field.value) }
        return writer.finish()
    }

    /// A server's answer that is no 101, with a plain text for a person; the connection closes behind it.
    /// - Parameter status: Such as `Demand.Rule.refusal` of a broken demand.
    package static func refuse(
        _ status: Int, _ text: String, extra: [(name: String, value: String)] = []
    ) throws(HTTPHeadWriter.Fault) -> [UInt8] {
        let body = Array(SafeText.escape(text).utf8) + [0x0a]
        var writer = try HTTPHeadWriter(status: status)
        if status == 426 {
            try writer.add("Upgrade", "websocket")
            try writer.add("Connection", "Upgrade, close")
            try writer.add("Sec-WebSocket-Version", version)
        } else {
            try writer.add("Connection", "close")
        }
        for field in extra { try writer.add(field.name, field.value) }
        try writer.add("Content-Type", "text/plain; charset=utf-8")
        try writer.add("Content-Length", String(body.count))
        return writer.finish() + body
    }
}

extension Demand.Rule {
    /// The status with which a server refuses a request that breaks this, RFC 6455 §4.2.1, §4.2.2.
    package var refusal: Int {
        switch self {
        case .method: 405
        case .requestVersion: 505
        case .upgrade, .connection, .webSocketVersion: 426
        case .origin: 403
        case .requestGrammar, .target, .host, .key, .keyOnce, .webSocketVersionOnce, .subprotocols, .extensions,
            .requestBody:
            400
        case .status, .supportedVersions, .responseGrammar, .responseVersion, .upgradeAnswer, .connectionAnswer,
            .accept, .acceptOnce, .subprotocolAnswer, .subprotocolOnce, .extensionsAnswer, .extensionsOnce,
            .compression, .responseBody:
            502
        }
    }
}
