/// What is known.
extension KnownFlaw {
    /// The day on which the table was last compared with the advisories: a newer flaw is not in it.
    package static let tableDate = "2026-09-30"

    /// By library, the newest first. One line a flaw; the branches as the advisory names them.
    static let table: [KnownFlaw] =
        ws + [
            flaw(
                "CVE-2021-33880", "websockets", "a password of its basic authentication is guessed by timing",
                ("8.0", "9.1")),
            flaw(
                "CVE-2018-1000518", "websockets", "a small compressed message inflates until memory is gone",
                ("4.0", "5.0")),
            flaw(
                "CVE-2020-27813", "gorilla/websocket", "a frame's length overflows, and the limit does not hold",
                ("0", "1.4.1")),
            flaw(
                "CVE-2026-28980", "swift-nio", "a request with endless header fields fills memory", ("0", "2.100.0")),
            flaw(
                "CVE-2023-43669", "tungstenite", "a long header in the opening handshake takes minutes to parse",
                ("0", "0.20.1")),
            flaw(
                "CVE-2026-85024", "undici", "an error after the limit of inflated bytes ends the process",
                ("6.25.0", "6.28.1"), ("7.28.0", "7.29.1"), ("8.1.0", "8.10.2")),
            flaw(
                "CVE-2026-1526", "undici", "a small compressed message inflates until memory is gone",
                ("0", "6.24.0"), ("7.0.0", "7.24.0")),
            flaw(
                "CVE-2026-42786", "bandit", "a message whose fragments never end fills memory", ("0.5.0", "1.11.0")),
            flaw(
                "CVE-2026-39804", "bandit", "a small compressed message inflates until memory is gone",
                ("0.5.9", "1.11.0")),
            flaw(
                "CVE-2026-54490", "websocket-driver", "the message limit counts compressed bytes only",
                ("0.1.0", "0.7.5")),
            flaw(
                "CVE-2020-7662", "websocket-extensions", "a Sec-WebSocket-Extensions header blocks the event loop",
                ("0", "0.1.4")),
            flaw("CVE-2016-10544", "uws", "a compressed message crashes the process", ("0.10.0", "0.10.9")),
            flaw("CVE-2017-16031", "socket.io", "identifiers of connections can be guessed", ("0", "0.9.7")),
        ] + tomcat

    private static let ws = [
        flaw("CVE-2026-62389", "ws", "a message whose fragments never end fills memory", ("0", "8.21.1")),
        flaw(
            "CVE-2026-48779", "ws", "tiny fragments take far more memory than the message limit",
            ("0", "5.2.5"), ("6.0.0", "6.2.4"), ("7.0.0", "7.5.11"), ("8.0.0", "8.21.0")),
        flaw(
            "CVE-2026-45736", "ws", "close() with a typed array as its reason sends memory to the peer",
            ("8.0.0", "8.20.1")),
        flaw(
            "CVE-2024-37890", "ws", "a request with many header fields ends the process",
            ("2.1.0", "5.2.4"), ("6.0.0", "6.2.3"), ("7.0.0", "7.5.10"), ("8.0.0", "8.17.1")),
        flaw(
            "CVE-2021-32640", "ws", "a Sec-WebSocket-Protocol header blocks the event loop",
            ("5.0.0", "5.2.3"), ("6.0.0", "6.2.2"), ("7.0.0", "7.4.6")),
        flaw("CVE-2016-10542", "ws", "a huge message ends the process", ("0", "1.1.1")),
    ]

    private static let tomcat = [
        flaw(
            "CVE-2024-23672", "tomcat", "a client keeps connections open that the server has closed",
            ("8.5.0", "8.5.99"), ("9.0.0-M1", "9.0.86"), ("10.1.0-M1", "10.1.19"), ("11.0.0-M1", "11.0.0-M17")),
        flaw(
            "CVE-2021-42340", "tomcat", "closed connections stay in memory",
            ("8.5.60", "8.5.72"), ("9.0.40", "9.0.54"), ("10.0.0-M10", "10.0.12"), ("10.1.0-M1", "10.1.0-M6")),
        flaw(
            "CVE-2020-13935", "tomcat", "an invalid payload length makes an endless loop",
            ("7.0.27", "7.0.105"), ("8.5.0", "8.5.57"), ("9.0.0-M1", "9.0.37"), ("10.0.0-M1", "10.0.0-M7")),
    ]

    private static func flaw(
        _ id: String, _ library: String, _ says: String, _ affected: (since: String, fixed: String)...
    ) -> KnownFlaw {
        KnownFlaw(
            id: id, library: library, says: says,
            affected: affected.map { Affected(since: $0.since, fixed: $0.fixed) })
    }
}
