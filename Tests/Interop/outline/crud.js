// crud.js PORT: a database of users behind a WebSocket, the way one should not do it.
const WebSocket = require("ws");
const users = new Map([[1, { id: 1, name: "ada" }], [2, { id: 2, name: "grace" }]]);
const wss = new WebSocket.Server({ host: "127.0.0.1", port: Number(process.argv[2] ?? 8080) });

wss.on("connection", (ws) => {
  ws.on("message", (msg) => {
    const { action, id, name } = JSON.parse(msg);
    switch (action) {
      case "getUser": return ws.send(JSON.stringify({ action: "getUser", id, user: users.get(id) ?? null }));
      case "updateUser":
        users.set(id, { id, name });
        return ws.send(JSON.stringify({ action: "updateUser", id, ok: true }));
      case "deleteUser": return ws.send(JSON.stringify({ action: "deleteUser", id, ok: users.delete(id) }));
      default: return ws.send(JSON.stringify({ error: "unknown action" }));
    }
  });
});
