// node-echo.js PORT: the fastest echo that the Node package ws offers.
"use strict";
const WebSocket = require("ws");
const server = new WebSocket.Server({
  host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096,
});
server.on("connection", (ws) => ws.on("message", (body, isBinary) => ws.send(body, { binary: isBinary })));
