/// The page for a browser: what it reports of a connection, beside what went over the wire.
struct BrowserPage {
    let nonce: String
    let methods: Set<Authentication.Method>

    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ws101</title>
        <link rel="icon" href="data:,">
        <style nonce="\(nonce)">\(BrowserPage.style)</style>
        </head>
        <body>
        <h1>ws101</h1>
        <p>A WebSocket connection of this page: on the left what the browser tells a page, on the right what went over the
        wire, seen by the server.</p>
        \(form)
        <main>
        <section aria-labelledby="browser-title"><h2 id="browser-title">The browser reports</h2>
        <ol id="browser" aria-live="polite"></ol></section>
        <section aria-labelledby="wire-title"><h2 id="wire-title">The wire said</h2>
        <ol id="wire" aria-live="polite"></ol></section>
        </main>
        <script nonce="\(nonce)">\(BrowserScript.text)</script>
        </body>
        </html>

        """
    }

    private var form: String {
        """
        <fieldset id="opening"><legend>Open</legend>
        <label>Path <input id="path" value="/echo" size="24" spellcheck="false" list="paths"></label>
        <datalist id="paths">\(Scenarios.all.map { "<option value=\"\($0.path)\">" }.joined())</datalist>
        <label>Subprotocols <input id="protocols" size="16" spellcheck="false" placeholder="none"></label>
        \(credentials)<button id="connect">Connect</button> <span id="state" role="status">closed</span></fieldset>
        <fieldset id="sending" disabled><legend>Send</legend>
        <label>Text <input id="text" size="32" value="Hello"></label> <button id="send-text">Send text</button>
        <label>Hex <input id="hex" size="16" value="00 ff 10" spellcheck="false"></label>
        <button id="send-binary">Send binary</button></fieldset>
        <fieldset id="closing" disabled><legend>Close</legend>
        <label>Code <input id="code" size="6" value="1000" placeholder="none"></label>
        <label>Reason <input id="reason" size="24" value="bye"></label> <button id="close">Close</button></fieldset>
        """
    }

    /// Where the server wants to know who it is. `header` is not offered: a page cannot set Authorization.
    private var credentials: String {
        let offered = Authentication.Method.allCases.filter { methods.contains($0) && $0 != .header }
        guard !methods.isEmpty else { return "" }
        let choices = offered.map { "<option>\($0.rawValue)</option>" }.joined()
        return """
            <label>Token <input id="token" size="34" spellcheck="false" autocomplete="off"></label>
            <label>Show it by <select id="method"><option>nothing</option>\(choices)</select></label>

            """
    }

    private static let style = """
        :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
        body { margin: 1rem auto; max-width: 76rem; padding: 0 1rem; }
        h1, h2 { font-size: 1.1rem; margin: .5rem 0; }
        fieldset { border: 1px solid #8886; margin: .4rem 0; display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
        input, select, button { font: inherit; }
        main { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
        @media (max-width: 48rem) { main { grid-template-columns: 1fr; } }
        ol { list-style: none; margin: 0; padding: 0; font: .85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
        li { border-bottom: 1px solid #8883; padding: .1rem 0; white-space: pre-wrap; }
        li.server { padding-left: 2rem; }
        .bits { opacity: .65; }
        """
}
