// practice.js PORT [--without PRACTICE]…: a chat server that does what one should. Each practice can be left out:
// auth origin authorise validate rate heartbeat backpressure worker limits
"use strict";
const http = require("http");
const { Worker } = require("worker_threads");
const WebSocket = require("ws");

const without = new Set(process.argv.flatMap((word, index, all) => (word === "--without" ? [all[index + 1]] : [])));
const has = (practice) => !without.has(practice);
const port = Number(process.argv[2]);
const tokens = new Map([["ada-token", "ada"], ["grace-token", "grace"]]);
const origins = new Set(["https://chat.example", `http://127.0.0.1:${port}`]);

const server = http.createServer((request, response) => {
  response.writeHead(426, { Upgrade: "websocket", "Content-Length": 0 });
  response.end();
});
server.requestTimeout = 5000;
server.headersTimeout = 5000;
const wss = new WebSocket.Server({ noServer: true, maxPayload: has("limits") ? 16 * 1024 : 0, perMessageDeflate: false });

const refuse = (socket, status, text) => {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

server.on("upgrade", (request, socket, head) => {
  socket.on("error", () => socket.destroy());
  const origin = request.headers.origin;
  if (has("origin") && origin && !origins.has(origin)) return refuse(socket, 403, "Forbidden");
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const user = tokens.get(token) ?? (has("auth") ? null : "anyone");
  if (!user) return refuse(socket, 401, "Unauthorized");
  if (has("limits") && wss.clients.size >= 20) return refuse(socket, 503, "Service Unavailable\r\nRetry-After: 5");
  wss.handleUpgrade(request, socket, head, (ws) => wss.emit("connection", ws, user));
});

// What takes long does not run on the event loop.
const heavy = "let x = 0; for (const end = Date.now() + 1500; Date.now() < end; ) x++;";
const work = (done) => {
  if (!has("worker")) {
    eval(heavy);
    return done();
  }
  new Worker(heavy, { eval: true }).on("exit", done);
};

const send = (ws, value) => {
  if (has("backpressure") && ws.bufferedAmount > 64 * 1024) return ws.close(1013, "too slow");
  ws.send(JSON.stringify(value));
};

wss.on("connection", (ws, user) => {
  ws.isAlive = true;
  ws.budget = 50;
  ws.on("pong", () => (ws.isAlive = true));
  ws.on("error", () => {});
  ws.on("message", (bytes, isBinary) => {
    if (has("rate") && --ws.budget < 0) return ws.close(1008, "too many messages");
    const message = has("validate") ? parse(bytes, isBinary) : JSON.parse(bytes);
    if (!message) return ws.close(1008, "not a message of this protocol");
    switch (message.type) {
      case "say": return wss.clients.forEach((peer) => send(peer, { type: "said", user, text: message.text }));
      case "account":
        if (has("authorise") && message.account !== user) return send(ws, { type: "error", reason: "forbidden" });
        return send(ws, { type: "account", account: message.account, balance: 100 });
      case "report": return work(() => send(ws, { type: "report", pages: 12 }));
      case "flood":
        for (let count = 0; count < 64; count++) send(ws, { type: "page", text: "x".repeat(64 * 1024) });
        return;
      default: return send(ws, { type: "error", reason: "unknown type" });
    }
  });
});

const shapes = { say: { text: "string" }, account: { account: "string" }, report: {}, flood: {} };
const parse = (bytes, isBinary) => {
  if (isBinary) return null;
  try {
    const message = JSON.parse(bytes);
    const shape = Object.hasOwn(shapes, message?.type) ? shapes[message.type] : null;
    if (!shape || Object.keys(message).length !== Object.keys(shape).length + 1) return null;
    return Object.entries(shape).every(([key, type]) => typeof message[key] === type) ? message : null;
  } catch {
    return null;
  }
};

setInterval(() => wss.clients.forEach((ws) => (ws.budget = Math.min(50, ws.budget + 5))), 100);
if (has("heartbeat")) {
  setInterval(() => {
    for (const ws of wss.clients) {
      if (!ws.isAlive) { ws.terminate(); continue; }
      ws.isAlive = false;
      ws.ping();
    }
  }, 1000);
}
server.listen(port, "127.0.0.1");
