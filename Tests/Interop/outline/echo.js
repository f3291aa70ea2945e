const WebSocket = require("ws");
const wss = new WebSocket.Server({ host: "127.0.0.1", port: Number(process.argv[2] ?? 8080) });

wss.on("connection", (ws) => {
  ws.on("message", (msg) => {
    ws.send(`Echo: ${msg}`);
  });
});
