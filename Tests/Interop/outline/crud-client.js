// crud-client.js URL: asks for users, changes them, one after the other, and leaves.
const WebSocket = require("ws");
const ws = new WebSocket(process.argv[2]);
const actions = ["getUser", "updateUser", "getUser", "deleteUser"];
let count = 0;
const ask = () => {
  if (count === 40) return ws.close(1000);
  const action = actions[count % actions.length];
  const id = 1 + Math.floor(count++ / actions.length);
  ws.send(JSON.stringify(action === "updateUser" ? { action, id, name: `user ${id}` } : { action, id }));
};
ws.on("open", ask);
ws.on("message", () => setTimeout(ask, 5));
