/// One thing the standard demands of an opening handshake, and whether it was done: a row of the handshake panel.
package struct Demand: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case met
        /// Why not; safe text.
        case broken(String)
        /// Why there is nothing to judge; safe text.
        case notApplicable(String)
    }

    package let rule: Rule
    package let verdict: Verdict
    /// Something to know about a verdict that is `met` nevertheless.
    package let note: String?

    package init(_ rule: Rule, _ verdict: Verdict, note: String? = nil) {
        self.rule = rule
        self.verdict = verdict
        self.note = note
    }

    /// Where the standard demands it.
    package var section: String { rule.section }
    /// The demand in a few words.
    package var text: String { rule.text }
    /// The header field it is about; nil for the start line or the head as a whole.
    package var field: String? { rule.field }

    package var isBroken: Bool {
        switch verdict {
        case .broken: true
        case .met, .notApplicable: false
        }
    }

    /// The demands on a request, then those on a response, in the order in which they are judged.
    package enum Rule: String, Hashable, Sendable, CaseIterable {
        case requestGrammar, method, requestVersion, target, host, upgrade, connection
        case key, keyOnce, webSocketVersion, webSocketVersionOnce, origin, subprotocols, extensions, requestBody
        case status, supportedVersions, responseGrammar, responseVersion, upgradeAnswer, connectionAnswer
        case accept, acceptOnce, subprotocolAnswer, subprotocolOnce
        case extensionsAnswer, extensionsOnce, compression, responseBody
    }
}

extension Demand.Rule {
    package var section: String {
        switch self {
        case .requestGrammar, .method, .requestVersion: "RFC 6455 §4.1, §4.2.1"
        case .target: "RFC 6455 §3, §4.1"
        case .host: "RFC 6455 §4.1, RFC 9112 §3.2"
        case .upgrade, .connection: "RFC 6455 §4.1, §4.2.1"
        case .key: "RFC 6455 §4.1, §4.2.1"
        case .keyOnce: "RFC 6455 §11.3.1"
        case .webSocketVersion: "RFC 6455 §4.1, §4.4"
        case .webSocketVersionOnce: "RFC 6455 §11.3.5"
        case .origin: "RFC 6455 §4.1, RFC 6454 §7"
        case .subprotocols: "RFC 6455 §4.1, §11.3.4"
        case .extensions: "RFC 6455 §9.1"
        case .requestBody: "RFC 9110 §9.3.1"
        case .status: "RFC 6455 §4.2.2, §4.1"
        case .supportedVersions: "RFC 6455 §4.2.2, §4.4"
        case .responseGrammar, .responseVersion: "RFC 6455 §4.2.2, RFC 9112 §4"
        case .upgradeAnswer, .connectionAnswer, .accept, .subprotocolAnswer, .extensionsAnswer:
            "RFC 6455 §4.1, §4.2.2"
        case .acceptOnce: "RFC 6455 §11.3.3"
        case .subprotocolOnce: "RFC 6455 §11.3.4"
        case .extensionsOnce: "RFC 6455 §11.3.2"
        case .compression: "RFC 7692 §7.1"
        case .responseBody: "RFC 9110 §8.6"
        }
    }

    package var text: String {
        switch self {
        case .requestGrammar, .responseGrammar: "the head is valid HTTP"
        case .method: "the method is GET"
        case .requestVersion, .responseVersion: "HTTP/1.1 or higher"
        case .target: "the target is a path or an absolute URI, without fragment"
        case .host: "one Host with the server's authority"
        case .upgrade: "Upgrade includes websocket"
        case .connection: "Connection includes Upgrade"
        case .key: "Sec-WebSocket-Key is 16 bytes in base64"
        case .keyOnce: "Sec-WebSocket-Key is there once"
        case .webSocketVersion: "Sec-WebSocket-Version is 13"
        case .webSocketVersionOnce: "Sec-WebSocket-Version is there once"
        case .origin: "Origin, which every browser sends, is an origin"
        case .subprotocols: "subprotocols are tokens, each once"
        case .extensions: "extensions follow their grammar"
        case .requestBody, .responseBody: "no body: behind the blank line frames begin"
        case .status: "101 Switching Protocols"
        case .supportedVersions: "a refused version is answered with those supported"
        case .upgradeAnswer: "Upgrade is websocket"
        case .connectionAnswer: "Connection includes Upgrade"
        case .accept: "Sec-WebSocket-Accept is derived from the key"
        case .acceptOnce: "Sec-WebSocket-Accept is there once"
        case .subprotocolAnswer: "the subprotocol is one of those offered"
        case .subprotocolOnce: "at most one Sec-WebSocket-Protocol"
        case .extensionsAnswer: "the extensions are among those offered"
        case .extensionsOnce: "at most one Sec-WebSocket-Extensions"
        case .compression: "permessage-deflate is answered as it was offered"
        }
    }

    package var field: String? {
        switch self {
        case .requestGrammar, .method, .requestVersion, .target, .status, .responseGrammar, .responseVersion: nil
        case .host: "Host"
        case .upgrade, .upgradeAnswer: "Upgrade"
        case .connection, .connectionAnswer: "Connection"
        case .key, .keyOnce: "Sec-WebSocket-Key"
        case .webSocketVersion, .webSocketVersionOnce, .supportedVersions: "Sec-WebSocket-Version"
        case .origin: "Origin"
        case .subprotocols, .subprotocolAnswer, .subprotocolOnce: "Sec-WebSocket-Protocol"
        case .extensions, .extensionsAnswer, .extensionsOnce, .compression: "Sec-WebSocket-Extensions"
        case .accept, .acceptOnce: "Sec-WebSocket-Accept"
        case .requestBody, .responseBody: "Content-Length"
        }
    }
}
