const { WebSocketServer } = require("ws");
const { authenticate } = require("./auth");

// One has a limit, the other has not.
const small = new WebSocketServer({ noServer: true, maxPayload: 1024 });
const large = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024, maxFragments: 0 });

module.exports = (server) => {
  server.on("upgrade", (req, socket, head) => {
    if (!authenticate(req) || req.headers.origin !== "https://app.example.com") return socket.destroy();
    const target = req.url === "/large" ? large : small;
    target.handleUpgrade(req, socket, head, (ws) => target.emit("connection", ws));
  });
  setInterval(() => [...small.clients, ...large.clients].forEach((ws) => ws.ping()), 60_000);
  setTimeout(() => small.clients.forEach((ws) => ws.terminate()), 45_000);
};
