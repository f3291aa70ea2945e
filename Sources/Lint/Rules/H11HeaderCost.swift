/// Header fields cost the server more than the client.
struct HeaderCost: LintRule {
    static let page = RulePage(
        "H11", "header-cost", .warning, .medium, [.probe],
        references: [
            "CWE-400", "CWE-1333", "CVE-2021-32640", "CVE-2020-7662", "CVE-2020-7663", "CVE-2026-28980",
        ], lesson: 8,
        says: "The server takes a request with too many or too large header fields, or reads some in quadratic time.",
        why: """
            Before the 101 nobody is authenticated: whoever can reach the port can make the server keep whole \
            requests in memory, or keep its only thread busy with one value. Regular expressions for \
            Sec-WebSocket-Protocol and -Extensions have stopped servers of several libraries.
            """,
        evidence: """
            The probe sends one request with `headers` fields and one with `headerBytes` of fields; a server that \
            neither refuses nor ends it within `answer` is reported. Then a Sec-WebSocket-Protocol and a \
            Sec-WebSocket-Extensions with 7,000 and with 14,000 spaces: reported where the larger one takes more than \
            `growth` times as long and more than `parse`, the best of three.
            """,
        fix: "Cap the number and the size of header fields, and keep the library and its parser up to date.",
        snippets: [
            Snippet(
                .ws,
                """
                const server = http.createServer({ maxHeaderSize: 16 * 1024 });  // the default
                // server.maxHeadersCount leaves fields out, and refuses nothing.
                server.on("upgrade", (request, socket, head) => {
                  if (request.rawHeaders.length > 2 * 100) return refuse(socket, 431);
                  wss.handleUpgrade(request, socket, head, ws => wss.emit("connection", ws, request));
                });
                """),
            Snippet(.gorilla, "server := &http.Server{MaxHeaderBytes: 16 << 10, ReadHeaderTimeout: 5 * time.Second}"),
            Snippet(.nginx, "large_client_header_buffers 4 8k;"),
        ],
        exceptions: "On a busy machine times differ; run the probe again before believing `growth`.",
        thresholds: [
            Threshold("headers", .count(200), "how many fields a request has that must be refused"),
            Threshold("headerBytes", .bytes(64 << 10), "how large a request is that must be refused"),
            Threshold("answer", .duration(5), "how long the server has to refuse"),
            Threshold("growth", .ratio(3), "how many times as long twice the bytes may take"),
            Threshold("parse", .duration(0.25), "how long they must take to be counted"),
        ],
        examples: [])
}
