package import Wire

/// The accept key step by step, RFC 6455 §1.3 and §4.2.2: what `ws101 accept` prints.
package struct AcceptExplanation: Hashable, Sendable {
    /// At most 80 columns each unless the key is longer than any real one, safe for a terminal.
    package let lines: [String]
    /// Whether the key is one that §4.1 allows: 16 bytes in base64. The derivation works for any.
    package let isKeyValid: Bool

    package init(_ key: AcceptKey) {
        let count = Base64.decode(key.key)?.bytes.count
        isKeyValid = count == 16
        let judgement =
            switch count {
            case 16?: "16 random bytes  §4.1"
            case let count?: "✗ \(count) bytes, not 16  §4.1"
            case nil: "✗ no base64  §4.1"
            }
        lines = [
            AcceptExplanation.line("key", SafeText.escape(key.key), judgement),
            AcceptExplanation.line("+ GUID", AcceptKey.guid, "the same for everyone  §1.3"),
            AcceptExplanation.line("SHA-1", key.digest.map(\.hex).joined(separator: " "), ""),
            AcceptExplanation.line("base64", key.accept, "Sec-WebSocket-Accept  §4.2.2"),
        ]
    }

    private static func line(_ step: String, _ value: String, _ note: String) -> String {
        String(" \(step.padded(to: 9))\(value.padded(to: 40))\(note)".trimmedAtEnd)
    }
}
