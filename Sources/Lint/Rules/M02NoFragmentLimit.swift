/// A message may come in any number of fragments.
struct NoFragmentLimit: LintRule {
    static let page = RulePage(
        "M02", "no-fragment-limit", .warning, .high, [.probe, .source],
        references: [
            "RFC 6455 §10.4", "RFC 6455 §5.4", "CWE-770", "CVE-2026-48779", "CVE-2026-62389", "CVE-2026-42786",
        ], lesson: 8,
        says: "The server keeps on collecting the fragments of a message that never ends.",
        why: """
            A limit on bytes does not see fragments of one byte, or of none: each costs an object in memory, ten to a \
            hundred times its payload. 2026 brought a row of such flaws in libraries that had a message limit. And a \
            message that is begun and never ended holds what it has for as long as the connection lives.
            """,
        evidence: """
            The probe begins a message, sends `fragments` continuations of one byte each, and waits for `hold` without \
            ending it: a warning where the server still answers a Ping then. In source, a limit that is turned off.
            """,
        fix: """
            Limit the number of fragments and the time that a message may take, and refuse small fragments that are not \
            the last; close with 1009 or 1008.
            """,
        snippets: [
            Snippet(
                .ws,
                """
                // ws 8.21.1 or newer
                new WebSocketServer({ server, maxPayload: 64 * 1024, maxFragments: 128 })
                """),
            Snippet(.websockets, "pip install 'websockets>=17.4'  # closes with 1009 after 4096 fragments"),
            Snippet(
                .gorilla,
                """
                conn.SetReadLimit(64 << 10)
                conn.SetReadDeadline(time.Now().Add(30 * time.Second)) // anew for each message
                """),
            Snippet(
                .nio,
                """
                NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 128, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: 1 << 16)
                """),
        ],
        exceptions: "A server that hands fragments on as they come, and keeps none.",
        thresholds: [
            Threshold("fragments", .count(20_000), "how many fragments are sent"),
            Threshold("hold", .duration(10), "how long the message stays unfinished"),
        ],
        examples: [])
}
