/// A small compressed message inflates to any size.
struct CompressionBomb: LintRule {
    static let page = RulePage(
        "Z01", "compression-bomb", .error, .high, [.probe, .source],
        references: [
            "RFC 7692 §8", "RFC 6455 §10.4", "CWE-409", "CVE-2018-1000518", "CVE-2026-1526", "CVE-2026-39804",
        ], lesson: 8,
        says: "The server inflates a compressed message without a limit on what comes out.",
        why: """
            DEFLATE packs up to 1,032 bytes into one: a message of 17 KiB, far below every limit, becomes 16 MiB, and \
            one of 1 MiB a gigabyte. A limit that is checked before inflation sees the 17 KiB only; several libraries \
            had just that flaw, servers and clients alike.
            """,
        evidence: """
            The probe offers permessage-deflate and sends one message that inflates to `inflated` bytes. An error where \
            the server takes it: no Close with 1009, and a Ping behind it is answered. In source, a message that is \
            inflated without a limit.
            """,
        fix: "Limit the inflated size while inflating, and close with 1009 beyond; or do without compression.",
        snippets: [
            Snippet(
                .ws,
                """
                new WebSocketServer({ server, maxPayload: 64 * 1024 })   // counts inflated bytes; no compression unless set
                zlib.inflateRawSync(message, { maxOutputLength: 64 * 1024 })   // where you inflate yourself
                """),
            Snippet(.websockets, "serve(handler, host, port, max_size=64 * 1024)  # counts inflated bytes"),
            Snippet(
                .gorilla,
                """
                // SetReadLimit counts compressed bytes
                _, reader, err := conn.NextReader()
                message, err := io.ReadAll(io.LimitReader(reader, 64<<10+1))
                if len(message) > 64<<10 {
                    return errTooBig
                }
                """),
        ],
        exceptions: "None: who needs large messages sets a large limit.",
        thresholds: [Threshold("inflated", .bytes(16 << 20), "to how much the message inflates")],
        examples: [])
}
