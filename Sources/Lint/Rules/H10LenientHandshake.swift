/// A server that takes what is no opening handshake.
struct LenientHandshake: LintRule {
    static let page = RulePage(
        "H10", "lenient-handshake", .error, .high, [.probe],
        references: ["RFC 6455 §4.2.1", "RFC 6455 §4.2.2", "RFC 6455 §10.7", "CWE-444"], lesson: 3,
        says: "The server answers 101 to a request that is no opening handshake, or drops TCP instead of refusing it.",
        why: """
            What the standard demands of a request is what a page, a form or another protocol cannot send by \
            accident. A server that does not look can be reached by requests that nobody meant as WebSocket, and a \
            proxy before it may read the same bytes as something else. A client whose connection is dropped without a \
            status learns nothing of its mistake.
            """,
        evidence: """
            The probe sends, one by one: POST instead of GET; HTTP/1.0; no Sec-WebSocket-Key; a key of 5 bytes; no \
            Upgrade. 101 is an error. A connection that ends within `answer` without an HTTP status is a warning; an \
            HTTP status of 400 or above is right.
            """,
        fix: "Let a library do the opening handshake, and answer everything else with 400, 405 or 426.",
        snippets: [
            Snippet(
                .ws,
                """
                // handleUpgrade refuses with 400, 405 or 426 by itself. In your own code before it:
                socket.end("HTTP/1.1 400 Bad Request\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n");
                // Not: socket.destroy()
                """)
        ],
        exceptions: "Some servers drop the connection on purpose, to tell scanners nothing.",
        thresholds: [Threshold("answer", .duration(2), "how long the server has to answer")],
        examples: [])
}
