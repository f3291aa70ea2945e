// node-broadcast.js PORT: the usual fan-out with the Node package ws, as its README shows it.
"use strict";
const WebSocket = require("ws");
const server = new WebSocket.Server({
  host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096,
});
server.on("connection", (ws) =>
  ws.on("message", (body, isBinary) => {
    for (const client of server.clients)
      if (client !== ws && client.readyState === WebSocket.OPEN) client.send(body, { binary: isBinary });
  }));
