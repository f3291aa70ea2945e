import Wire

/// Which Sec-WebSocket-Accept answers a key?
enum AcceptKeyGenerator: QuizGenerator {
    static let id = "drill-accept"

    static func item(seed: UInt64) -> QuizItem {
        var random = SeededRandom(seed, for: id)
        return item(key: Base64.encode(random.bytes(16)), id: id, seed: seed)
    }

    /// - Parameter key: The value of `Sec-WebSocket-Key`.
    static func item(key: String, id: String, seed: UInt64) -> QuizItem {
        let decoded = Base64.decode(key)?.bytes ?? []
        let choices = [
            QuizChoice(
                AcceptKey.accept(for: key), isRight: true,
                why: "Right: base64(SHA-1(key + GUID)), over the key as the string that was sent."),
            QuizChoice(
                Base64.encode(SHA1.hash(decoded + Array(AcceptKey.guid.utf8))), isRight: false,
                why: "One decodes what is in base64. But here the string itself is hashed, not its 16 bytes.",
                misconception: "M03"),
            QuizChoice(
                Base64.encode(SHA1.hash(Array(key.utf8))), isRight: false,
                why:
                    "A hash of the nonce alone would do for an echo. Any HTTP server could compute that; the GUID shows that WebSocket was meant."
            ),
            QuizChoice(
                Base64.encode(SHA1.hash(Array((AcceptKey.guid + key).utf8))), isRight: false,
                why: "Both parts are there, so it seems right. The order matters: first the key, then the GUID."),
        ]
        return QuizItem(
            id: id,
            question: "Which Sec-WebSocket-Accept answers this key? (ws101 accept KEY shows the steps.)",
            context: "Sec-WebSocket-Key: \(key)\nGUID: \(AcceptKey.guid)", body: .single(choices),
            explanation: """
                Append the GUID to the key, hash with SHA-1, encode the 20 bytes in base64: \
                \(AcceptKey.accept(for: key)). Nobody does it in the head; know the order of the steps.
                """,
            references: ["RFC 6455 §4.2.2", "RFC 6455 §1.3"], lesson: 3, interview: [3], concepts: ["accept-key"],
            level: .senior, seed: seed)
    }
}
