const { WebSocketServer } = require("ws");

// ws101: ignore[S01, origin-not-checked] A public feed of the weather: anyone may read it.
const wss = new WebSocketServer({ port: 8080, maxPayload: 1024 }); // ws101: ignore[L01] it is never silent

// ws101: ignore[M06]
wss.on("connection", (ws) => ws.on("message", () => ws.send("sunny")));

// ws101: ignore[D01] nothing is parsed here
setInterval(() => console.log(wss.clients.size), 1000);
