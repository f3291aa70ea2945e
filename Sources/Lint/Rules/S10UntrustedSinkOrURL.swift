/// What a message says becomes part of a page or a program.
struct UntrustedSinkOrURL: LintRule {
    static let page = RulePage(
        "S10", "untrusted-sink-or-url", .error, .medium, [.source],
        references: ["OWASP WebSocket Security Cheat Sheet", "OWASP ASVS 3.2.2", "CWE-79", "CWE-95", "CWE-918"],
        lesson: 8,
        says:
            "Text of a message goes into innerHTML, document.write or eval; or the address bar decides where to connect.",
        why: """
            A message comes from whoever is at the other end, often another user. As HTML it runs that user's script in \
            everyone's page, as code even without HTML. And who chooses the URL of the WebSocket chooses the server \
            that the page will trust.
            """,
        evidence: """
            In a handler of messages, an assignment to innerHTML or outerHTML, or a call of insertAdjacentHTML, \
            document.write, eval, Function or exec, with something that comes from the message and was not cleaned by a \
            function whose name says so; or `new WebSocket` with location.hash, location.search or a parameter of it.
            """,
        fix: "Set textContent, parse with JSON.parse, and choose the URL from a list of your own.",
        snippets: [
            Snippet(
                .browser,
                """
                ws.onmessage = event => {
                  const { text } = JSON.parse(event.data);
                  const line = document.createElement("li");
                  line.textContent = text;
                  list.append(line);
                };
                """),
            Snippet(.websockets, "value = json.loads(message)  # never eval(message)"),
        ],
        exceptions: "HTML that a sanitiser such as DOMPurify has cleaned.",
        examples: [
            .violates(
                "innerHTML", source: "client.js",
                """
                const ws = new WebSocket("wss://chat.example/chat");
                ws.onmessage = (event) => {
                  document.getElementById("last").innerHTML = event.data;
                };
                """),
            .complies(
                "textContent", source: "client.js",
                """
                const ws = new WebSocket("wss://chat.example/chat");
                ws.onmessage = (event) => {
                  document.getElementById("last").textContent = event.data;
                };
                """),
        ])
}
