// bare.js PORT: an echo server of a few lines with the Node package ws, as tutorials have it.
"use strict";
const WebSocket = require("ws");
const server = new WebSocket.Server({ host: "127.0.0.1", port: Number(process.argv[2]) });
server.on("connection", (ws) => {
  ws.on("message", (body, isBinary) => ws.send(body, { binary: isBinary }));
});
