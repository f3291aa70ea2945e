// server.js PORT deflate|plain: an echo server with the Node package ws. On stdout: what was received, a JSON line each.
"use strict";
const WebSocket = require("ws");
const [port, compression] = process.argv.slice(2);
const tell = (what) => process.stdout.write(JSON.stringify(what) + "\n");

const server = new WebSocket.Server({
  host: "127.0.0.1",
  port: Number(port),
  perMessageDeflate: compression === "deflate" ? { threshold: 0 } : false,
  maxPayload: 1 << 26,
});
server.on("connection", (ws) => {
  ws.on("message", (body, isBinary) => {
    tell(isBinary ? { bytes: body.toString("hex") } : { text: body.toString() });
    ws.send(body, { binary: isBinary });
  });
  ws.on("ping", (body) => tell({ ping: body.toString("hex") }));
  ws.on("close", (code, reason) => tell({ close: [code, reason.toString()] }));
});
