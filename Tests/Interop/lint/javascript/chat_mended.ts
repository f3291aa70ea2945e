import http, { type IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { pbkdf2 } from "node:crypto";
import { WebSocketServer, type WebSocket } from "ws";
import { verify } from "./token.js";

const derive = promisify(pbkdf2);
const ORIGINS: ReadonlySet<string> = new Set(["https://chat.example.com"]);
const MAX_BUFFER = 256 * 1024;
const options = { noServer: true, maxPayload: 16 * 1024 } as const;
const chat = new WebSocketServer(options);
const server = http.createServer();

server.on("upgrade", async (request: IncomingMessage, socket, head) => {
  const user = await verify(request.headers["sec-websocket-protocol"]);
  if (!user || !ORIGINS.has(request.headers.origin ?? "")) {
    socket.destroy();
    return;
  }
  chat.handleUpgrade(request, socket, head, (ws) => chat.emit("connection", ws, user));
});

chat.on("connection", (ws: WebSocket, user: { name: string }) => {
  ws.on("message", async (message: Buffer) => {
    const key = await derive(message, "salt", 400_000, 32, "sha512");
    broadcast(`${user.name} ${key.toString("hex")}`);
  });
});

function broadcast(text: string): void {
  for (const client of chat.clients) {
    if (client.bufferedAmount > MAX_BUFFER) client.close(1013);
    else client.send(text);
  }
}

setInterval(() => chat.clients.forEach((ws) => ws.ping()), 30_000);
server.listen(8080, "127.0.0.1");
