// listening.js PORT: the same server, but it listens to errors, and compresses.
"use strict";
const WebSocket = require("ws");
const server = new WebSocket.Server({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: true });
server.on("connection", (ws) => {
  ws.on("error", () => {});
  ws.on("message", (body, isBinary) => ws.send(body, { binary: isBinary }));
});
