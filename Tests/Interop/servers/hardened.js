// hardened.js PORT: an echo server with the Node package ws that takes every piece of advice of the lint.
//
// Good clients send "Authorization: Bearer probe-me" and, where they are browsers, the Origin https://app.example.
"use strict";
const http = require("http");
const WebSocket = require("ws");
const port = Number(process.argv[2]);

const ORIGINS = new Set([undefined, "https://app.example"]);
const LIMITS = { fields: 100, connections: 40, message: 64 << 10, fragments: 1000, perSecond: 100, waiting: 1 << 20 };

const server = http.createServer({ headersTimeout: 10_000, connectionsCheckingInterval: 1000 }, (request, response) => {
  response.writeHead(426, { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13" });
  response.end();
});
server.maxHeadersCount = LIMITS.fields + 1;

const wss = new WebSocket.Server({
  noServer: true,
  maxPayload: LIMITS.message,
  handleProtocols: (offered) => (offered.has("chat.v1") ? "chat.v1" : false),
});

/** The status with which a request is refused; 101 for one that is not. */
function judge(request) {
  if (request.httpVersion !== "1.1" || request.method !== "GET" || !request.headers.host) return 400;
  if (request.rawHeaders.length / 2 > LIMITS.fields) return 431;
  if (request.headers["sec-websocket-version"] !== "13") return 426;
  if (!ORIGINS.has(request.headers.origin)) return 403;
  if (request.headers.authorization !== "Bearer probe-me") return 401;
  return wss.clients.size < LIMITS.connections ? 101 : 503;
}

function refuse(socket, status) {
  const fields = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Length: 0",
    ...(status === 426 ? ["Upgrade: websocket", "Sec-WebSocket-Version: 13"] : []),
    ...(status === 503 ? ["Retry-After: 5"] : []),
  ];
  socket.end(`${fields.join("\r\n")}\r\n\r\n`);
}

server.on("upgrade", (request, socket, head) => {
  socket.on("error", () => socket.destroy());
  const status = judge(request);
  if (status !== 101) return refuse(socket, status);
  wss.handleUpgrade(request, socket, head, (ws) => wss.emit("connection", ws, request));
});

wss.on("connection", (ws, request) => {
  const bucket = { level: LIMITS.perSecond, time: Date.now() };
  ws.isAlive = true;
  ws.on("error", () => {});
  ws.on("pong", () => (ws.isAlive = true));
  // An option of its own, maxFragments, has ws from 8.21 on; before, only its receiver knows.
  request.socket.on("data", () => {
    if (ws._receiver._fragments.length > LIMITS.fragments) ws.close(1008, "too many fragments");
  });
  ws.on("message", (body, isBinary) => {
    const now = Date.now();
    bucket.level = Math.min(LIMITS.perSecond, bucket.level + ((now - bucket.time) / 1000) * LIMITS.perSecond);
    bucket.time = now;
    if ((bucket.level -= 1) < 0) return ws.close(1008, "too many messages");
    if (ws.bufferedAmount > LIMITS.waiting) return ws.close(1008, "reads too slowly");
    ws.send(body, { binary: isBinary });
  });
});

setInterval(() => {
  for (const ws of wss.clients) {
    if (!ws.isAlive) { ws.terminate(); continue; }
    ws.isAlive = false;
    ws.ping();
  }
}, 20_000);

server.listen(port, "127.0.0.1");
