/// A message of any size is accepted.
struct NoMaxMessage: LintRule {
    static let page = RulePage(
        "M01", "no-max-message", .warning, .high, [.probe, .source],
        references: [
            "RFC 6455 §10.4", "OWASP WebSocket Security Cheat Sheet", "OWASP API4:2023", "CWE-770", "CVE-2016-10542",
            "CVE-2018-21035",
        ], lesson: 8,
        says: "The server accepts messages that are far larger than any it needs.",
        why: """
            A message is put together in memory before the application sees a byte of it. Twenty connections that each \
            send 100 MiB, the default limit of `ws`, need 2 GiB; where there is no limit at all, as in gorilla unless \
            it is set, one is enough. RFC 6455 §10.4 demands a limit.
            """,
        evidence: """
            The probe sends text messages of 64 KiB, one byte more than `warn` and one byte more than `fail`, and stops \
            at the first that is refused. Accepted is one after which the server still answers a Ping: over `warn` a \
            warning, over `fail` an error. In source, a limit that is missing, turned off or higher.
            """,
        fix: "Limit a message to what the largest honest one needs, 64 KiB for most, and close with 1009 beyond.",
        snippets: [
            Snippet(.ws, "new WebSocketServer({ server, maxPayload: 64 * 1024 })   // 100 MiB unless set"),
            Snippet(
                .websockets, "serve(handler, host, port, max_size=64 * 1024)  # 1 MiB unless set; None is no limit"),
            Snippet(.gorilla, "conn.SetReadLimit(64 << 10) // no limit unless set"),
            Snippet(
                .nio,
                """
                NIOWebSocketServerUpgrader(maxFrameSize: 1 << 16, shouldUpgrade: accept, upgradePipelineHandler: add)
                NIOWebSocketFrameAggregator(
                    minNonFinalFragmentSize: 128, maxAccumulatedFrameCount: 64, maxAccumulatedFrameSize: 1 << 16)
                """),
        ],
        exceptions: "An endpoint for uploads; better, let large files go over HTTP.",
        thresholds: [
            Threshold("warn", .bytes(1 << 20), "the largest message that needs no reason"),
            Threshold("fail", .bytes(16 << 20), "from where on a few connections are enough to fill memory"),
        ],
        examples: [])
}
