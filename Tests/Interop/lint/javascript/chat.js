const http = require("http");
const { WebSocketServer: Server } = require("ws");
const crypto = require("crypto");

const LIMITS = { maxPayload: 0 };
const server = http.createServer();
const chat = new Server({ server, ...LIMITS });

chat.on("connection", (ws, request) => {
  const name = new URL(request.url, "http://host").searchParams.get("token");
  ws.on("message", async (message) => {
    const id = crypto.pbkdf2Sync(message, "salt", 400000, 32, "sha512").toString("hex");
    for (const client of chat.clients) {
      client.send(`${name} ${id}: ${message}`);
    }
  });
});

setInterval(() => chat.clients.forEach((ws) => ws.ping()), 30000);
server.listen(8080, "0.0.0.0");
