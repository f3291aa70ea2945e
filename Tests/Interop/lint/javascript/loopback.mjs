import * as ws from "ws";
import { exec } from "node:child_process";

// Only for tools on this machine, or so it was thought.
const bridge = new ws.WebSocketServer({ host: "127.0.0.1", port: 3484, maxPayload: 1 << 16 });

bridge.on("connection", (socket) => {
  socket.on("message", (command) => {
    exec(String(command), (error, output) => socket.bufferedAmount === 0 && socket.send(output));
  });
});

setInterval(() => { for (const socket of bridge.clients) socket.ping(); }, 20000);
