const { createServer } = require("https");
const { readFileSync } = require("fs");
const WebSocket = require("ws");
const { userOf } = require("./sessions");

const server = createServer({ cert: readFileSync("cert.pem"), key: readFileSync("key.pem") });
const wss = new WebSocket.Server({ noServer: true, maxPayload: 64 * 1024 });
const origins = new Set(["https://app.example.com"]);

server.on("upgrade", (request, socket, head) => {
  const user = userOf(request.headers.cookie);
  if (!user || !origins.has(request.headers.origin)) {
    socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    return;
  }
  wss.handleUpgrade(request, socket, head, (ws) => wss.emit("connection", ws, user));
});

wss.on("connection", (ws) => {
  ws.isAlive = true;
  ws.on("pong", () => { ws.isAlive = true; });
  ws.on("error", () => ws.terminate());
  ws.on("message", (msg) => {
    if (ws.bufferedAmount > 1 << 20) return ws.close(1013, "read what you asked for");
    ws.send(`Echo: ${msg}`);
  });
});

const beat = setInterval(() => {
  for (const ws of wss.clients) {
    if (!ws.isAlive) { ws.terminate(); continue; }
    ws.isAlive = false;
    ws.ping();
  }
}, 25_000);

wss.on("close", () => clearInterval(beat));
server.listen(8443);
