import Connection
import Wire

/// A library names its version, and that version has a published flaw.
struct VulnerableLibrary: ConnectionRule {
    static let page = RulePage(
        "M08", "vulnerable-library", .warning, .medium, [.wire, .source],
        references: [
            "CWE-1395", "CVE-2024-37890", "CVE-2026-48779", "CVE-2026-62389", "CVE-2018-1000518", "CVE-2020-27813",
            "CVE-2026-28980",
        ],
        lesson: 8,
        says: "A library that speaks WebSocket here has a published flaw, and a newer version is mended.",
        why: """
            Most of these flaws need no login: a request with many headers, a message in endless fragments, or 20 KiB \
            that inflate to gigabytes, and the process is gone with everybody's connections. They repeat four lessons: \
            limit before allocating, count fragments as well as bytes, limit what is inflated and not what came, and \
            parse headers in linear time.
            """,
        evidence: """
            On the wire, a `Server`, `X-Powered-By` or `User-Agent` header that names a library with its version; in \
            source, a lockfile. Either is compared with a table of advisories that was last updated on \
            \(KnownFlaw.tableDate): it knows nothing newer.
            """,
        fix:
            "Update the library; until then, set its limits on headers, messages and fragments, and turn compression off.",
        snippets: [
            Snippet(.ws, "npm install ws@latest && npm audit"),
            Snippet(.websockets, "pip install --upgrade websockets && pip-audit"),
            Snippet(.gorilla, "go get github.com/gorilla/websocket@latest && govulncheck ./..."),
            Snippet(.nio, "swift package update swift-nio"),
        ],
        exceptions: """
            A distribution mends old versions without changing their number: where the package comes from Debian, look \
            at its changelog.
            """,
        examples: [
            .violates("a server that says websockets 9.0") { scene in
                scene.open { $0.response("Server", "Python/3.8 websockets/9.0") }
                scene.end()
            },
            .violates("a client that says websockets 4.0") { scene in
                scene.open { $0.request("User-Agent", "Python/3.6 websockets/4.0") }
                scene.end()
            },
            .complies("a version without a known flaw") { scene in
                scene.open { $0.response("Server", "Python/3.13 websockets/16.0") }
                scene.end()
            },
            .tooLittle("a server that does not say what it is") { scene in
                scene.open()
                scene.end()
            },
            .tooLittle("a library that the table does not know") { scene in
                scene.open { $0.response("Server", "nginx/1.28.0") }
                scene.end()
            },
        ])

    static let watches: EventKinds = .head

    private var hasKnown = false

    init(_ settings: RuleSettings) {}

    mutating func see(
        _ event: borrowing Event, _ payload: Span<UInt8>, on connection: LintedConnection, _ report: inout Report
    ) {
        guard case .head(let head) = event.kind else { return }
        let names = head.side == .client ? ["User-Agent"] : ["Server", "X-Powered-By"]
        for name in names {
            for value in head.head.values(name).prefix(4) { judge(value, of: head, name, on: connection, &report) }
        }
    }

    private mutating func judge(
        _ value: String, of head: Event.Head, _ field: String, on connection: LintedConnection, _ report: inout Report
    ) {
        for product in value.prefix(400).split(separator: " ").prefix(8) {
            let parts = product.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, KnownFlaw.knows(parts[0]) else { continue }
            hasKnown = true
            let flaws = KnownFlaw.flaws(of: parts[0], version: parts[1])
            guard let newest = flaws.first, let fixed = KnownFlaw.fixed(flaws, in: parts[1]) else { continue }
            let version = SafeText.escape(String(parts[1].prefix(20)))
            let ids = flaws.prefix(4).map(\.id).joined(separator: ", ")
            report.add(
                "the \(head.side) says \(newest.library) \(version): \(newest.says); mended in \(fixed) (\(ids))",
                at: connection.place(of: head, field: field), subject: "\(head.side) \(newest.library)")
        }
    }

    mutating func conclude(on connection: LintedConnection, _ report: inout Report) -> Verdict {
        hasKnown ? .pass : .notApplicable("no known library names its version")
    }
}
