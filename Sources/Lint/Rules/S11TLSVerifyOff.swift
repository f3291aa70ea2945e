/// The client believes any certificate.
struct TLSVerifyOff: LintRule {
    static let page = RulePage(
        "S11", "tls-verify-off", .error, .high, [.source],
        references: [
            "RFC 6455 §10.6", "RFC 9110 §4.3.4", "CVE-2020-15133", "CVE-2020-15134", "CVE-2020-11050", "CWE-295",
        ], lesson: 8,
        says: "A client does not verify the certificate of the server.",
        why: """
            TLS without verification is encryption with whoever answers. Anyone on the way shows a certificate of their \
            own, reads the token and the messages, and passes them on; nobody notices.
            """,
        evidence: """
            `rejectUnauthorized: false` or NODE_TLS_REJECT_UNAUTHORIZED=0, `ssl.CERT_NONE`, `check_hostname = False` or \
            an unverified context, `InsecureSkipVerify: true`, `certificateVerification: .none`. In a folder of tests it \
            is a note.
            """,
        fix: "Verify; give a private authority's certificate to the client instead of switching off the check.",
        snippets: [
            Snippet(.ws, "new WebSocket(\"wss://chat.internal\", { ca: fs.readFileSync(\"internal-ca.pem\") });"),
            Snippet(
                .websockets,
                """
                tls = ssl.create_default_context(cafile="internal-ca.pem")
                connect("wss://chat.internal", ssl=tls)
                """),
            Snippet(
                .gorilla,
                """
                roots := x509.NewCertPool()
                roots.AppendCertsFromPEM(internalCA)
                dialer := websocket.Dialer{TLSClientConfig: &tls.Config{RootCAs: roots}}
                """),
            Snippet(
                .nio,
                """
                var tls = TLSConfiguration.makeClientConfiguration()
                tls.trustRoots = .file("internal-ca.pem")
                """),
        ],
        exceptions: "A test against a server of its own on loopback.",
        examples: [
            .violates(
                "rejectUnauthorized: false", source: "client.js",
                """
                import WebSocket from "ws";

                const ws = new WebSocket("wss://chat.internal/chat", { rejectUnauthorized: false });
                ws.on("open", () => ws.send("hello"));
                """),
            .violates(
                "InsecureSkipVerify", source: "client.go",
                """
                package main

                import (
                \t"crypto/tls"
                \t"log"

                \t"github.com/gorilla/websocket"
                )

                func main() {
                \tdialer := websocket.Dialer{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
                \tconn, _, err := dialer.Dial("wss://chat.internal/chat", nil)
                \tif err != nil {
                \t\tlog.Fatal(err)
                \t}
                \tdefer conn.Close()
                }
                """),
            .complies(
                "an authority of its own", source: "client.py",
                """
                import asyncio
                import ssl
                from websockets.asyncio.client import connect

                async def main():
                    tls = ssl.create_default_context(cafile="internal-ca.pem")
                    async with connect("wss://chat.internal/chat", ssl=tls) as websocket:
                        await websocket.send("hello")

                asyncio.run(main())
                """),
        ])
}
