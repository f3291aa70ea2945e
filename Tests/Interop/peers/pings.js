// pings.js URL MILLISECONDS: what the Node package ws sees of Pings. Sends one, and after that time tells {pings, pongs}.
"use strict";
const WebSocket = require("ws");
const [url, milliseconds] = process.argv.slice(2);
const seen = { pings: 0, pongs: 0 };
const ws = new WebSocket(url);
ws.on("ping", () => seen.pings++);
ws.on("pong", () => seen.pongs++);
ws.on("error", (error) => { console.error(error.message); process.exit(1); });
ws.on("open", () => {
  ws.ping("are you there?");
  setTimeout(() => { process.stdout.write(JSON.stringify(seen) + "\n"); process.exit(0); }, Number(milliseconds));
});
