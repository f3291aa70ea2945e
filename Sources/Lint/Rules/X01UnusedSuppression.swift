/// Something is told to be ignored that is not there.
struct UnusedSuppression: LintRule {
    static let page = RulePage(
        "X01", "unused-suppression", .note, .high, [.source],
        references: ["ESLint --report-unused-disable-directives", "ruff RUF100"], lesson: 12,
        says: "A comment, an entry of `ws101.yml` or of the baseline suppresses what is not found any more.",
        why: """
            What it was about is mended, or has moved. Left behind it hides the next mistake of that kind at the same \
            place, and nobody will have decided that.
            """,
        evidence: """
            There was evidence at that place for the rule that is suppressed, and the rule found nothing there. A \
            comment without a reason, or about a rule that there is not, suppresses nothing and is told, too.
            """,
        fix: "Remove the comment or the entry; ws101 lint --write-baseline drops stale entries of a baseline.",
        exceptions: """
            What was not looked at says nothing: an entry about /chat stays while recordings of other endpoints are \
            linted.
            """,
        examples: [
            .violates(
                "a size limit is there, and its absence is still ignored", source: "server.js",
                """
                const { WebSocketServer } = require("ws");
                // ws101: ignore[M01] behind a proxy that limits
                const wss = new WebSocketServer({ port: 8080, maxPayload: 65536 });
                """),
            .complies(
                "no limit, and a reason why", source: "server.js",
                """
                const { WebSocketServer } = require("ws");
                // ws101: ignore[M01] behind a proxy that limits
                const wss = new WebSocketServer({ port: 8080 });
                """),
        ])
}
