const WebSocket = require("ws");
const ws = new WebSocket("ws://127.0.0.1:8081/");

ws.on("open", () => {
  ws.send(JSON.stringify({ action: "getUser", id: 1 }));
});
ws.on("message", (text) => console.log(String(text)));
