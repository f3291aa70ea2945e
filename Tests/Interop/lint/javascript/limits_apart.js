// The limits stand in another function, the heartbeat in another file.
import { WebSocketServer } from "ws";
import { keepAlive } from "./keep_alive.js";
import { requireLogin } from "./login.js";

const settings = { port: 7000 };

function harden(options) {
  options.maxPayload = 32 * 1024;
  options.verifyClient = requireLogin;
}

harden(settings);
const wss = new WebSocketServer(settings);
keepAlive(wss);
wss.on("connection", (ws) => ws.on("message", (text) => console.log(text.length)));
