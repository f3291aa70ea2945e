/// The browser page's script. Everything that comes from outside goes into the page as text, never as HTML.
enum BrowserScript {
    static let text = #"""
        "use strict";
        const $ = id => document.getElementById(id);
        const base = location.origin.replace(/^http/, "ws");
        let socket = null, wire = null, started = 0;

        function line(list, text, from, bits) {
          const item = document.createElement("li");
          item.textContent = text;
          if (from) item.className = from;
          if (bits) {
            const small = document.createElement("span");
            small.className = "bits";
            small.textContent = "\n" + bits;
            item.append(small);
          }
          $(list).append(item);
          while ($(list).children.length > 500) $(list).firstChild.remove();
        }
        const age = () => String(Math.round(performance.now() - started)).padStart(6) + "  ";
        const report = text => line("browser", age() + text);

        function state(name) {
          $("state").textContent = name;
          $("sending").disabled = $("closing").disabled = name !== "open";
          $("connect").disabled = name === "connecting" || name === "open";
        }

        function secret() {
          const bytes = crypto.getRandomValues(new Uint8Array(16));
          return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
        }

        async function post(path) {
          const answer = await fetch(path, { method: "POST", headers: { Authorization: "Bearer " + $("token").value } });
          const text = (await answer.text()).trim();
          if (!answer.ok) throw new Error("POST " + path + ": " + answer.status + " " + text);
          return text;
        }

        // What one connection shows of who it is: for its URL, its subprotocols and its first message.
        async function credentials() {
          const method = $("method") ? $("method").value : "nothing";
          if (method === "ticket") return { query: "ticket=" + JSON.parse(await post("/ticket")).ticket };
          if (method === "subprotocol") return { protocols: ["ws101.v1", "bearer." + $("token").value] };
          if (method === "first-message") return { first: JSON.stringify({ token: $("token").value }) };
          if (method === "cookie") await post("/login");
          return {};
        }

        function open(path, shown, protocols) {
          const url = base + path + (shown.query ? (path.includes("?") ? "&" : "?") + shown.query : "");
          const opened = new WebSocket(url, protocols.concat(shown.protocols || []));
          opened.binaryType = "arraybuffer";
          if (shown.first) opened.addEventListener("open", () => opened.send(shown.first));
          return opened;
        }

        // A second connection, over which the server tells what goes over the first.
        function watch(number, shown) {
          return new Promise(resolve => {
            wire = open("/wire/" + number, shown, []);
            wire.onmessage = event => {
              const told = JSON.parse(event.data);
              if (told.kind === "ready") return resolve(true);
              if (!told.kind) return;
              const arrow = told.from === "client" ? "browser ─▶ " : "◀─ server  ";
              line("wire", String(told.at).padStart(6) + "  " + arrow + told.text, told.from, told.bits);
              if (told.kind === "closed") wire.close(1000);
            };
            wire.onclose = () => resolve(false);
          });
        }

        async function connect() {
          $("browser").replaceChildren();
          $("wire").replaceChildren();
          state("connecting");
          started = performance.now();
          try {
            const number = secret();
            if (!await watch(number, await credentials())) line("wire", "the server does not tell: its side was refused");
            const path = $("path").value + ($("path").value.includes("?") ? "&" : "?") + "view=" + number;
            const wanted = $("protocols").value.split(/[\s,]+/).filter(Boolean);
            socket = open(path, await credentials(), wanted);
          } catch (error) {
            report(String(error.message || error));
            return state("closed");
          }
          listen(socket);
        }

        function listen(socket) {
          socket.onopen = () => {
            report("open  protocol=" + JSON.stringify(socket.protocol) + " extensions=" + JSON.stringify(socket.extensions));
            state("open");
          };
          socket.onmessage = event => {
            if (typeof event.data === "string") return report("message  text " + JSON.stringify(event.data.slice(0, 200)));
            const bytes = new Uint8Array(event.data);
            const hex = Array.from(bytes.slice(0, 32), byte => byte.toString(16).padStart(2, "0")).join(" ");
            report("message  binary " + bytes.length + " B " + hex);
          };
          socket.onerror = () => report("error  (a browser tells a page nothing more)");
          socket.onclose = event => {
            report("close  code=" + event.code + " reason=" + JSON.stringify(event.reason) + " wasClean=" + event.wasClean);
            state("closed");
          };
        }

        function attempt(action) {
          try { action(); } catch (error) { report(String(error)); }
        }

        $("connect").onclick = connect;
        $("send-text").onclick = () => attempt(() => socket.send($("text").value));
        $("send-binary").onclick = () => attempt(() => {
          const bytes = $("hex").value.split(/\s+/).filter(Boolean).map(word => parseInt(word, 16));
          if (bytes.some(byte => !(byte >= 0 && byte <= 255))) throw new Error("hex: bytes such as 00 ff 10");
          socket.send(Uint8Array.from(bytes));
        });
        $("close").onclick = () => attempt(() => {
          const code = $("code").value.trim();
          code === "" ? socket.close() : socket.close(Number(code), $("reason").value);
        });
        """#
}
