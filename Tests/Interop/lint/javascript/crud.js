import { WebSocketServer } from "ws";
import { users } from "./users.js";

// Asks for one record after the other: what HTTP is made for.
const server = new WebSocketServer({ port: 8081 });

server.on("connection", (socket) => {
  socket.on("message", (text) => handle(socket, text));
});

function handle(socket, text) {
  const request = JSON.parse(text);
  switch (request.action) {
    case "getUser":
      socket.send(JSON.stringify({ id: request.id, user: users.get(request.id) }));
      break;
    case "deleteUser":
      users.delete(request.id);
      socket.send(JSON.stringify({ id: request.id, ok: true }));
      break;
  }
}
