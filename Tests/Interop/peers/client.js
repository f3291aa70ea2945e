// client.js URL deflate|plain: speaks a conversation with the Node package ws.
//
// The steps come as JSON on stdin, a list of {say: TEXT} {bytes: HEX} {fragments: [TEXT…]} {ping: HEX} {close: [CODE?, REASON?]}.
// Each step but the last waits for what it causes. On stdout: what was received, a JSON line each.
"use strict";
const WebSocket = require("ws");
const [url, compression] = process.argv.slice(2);
const steps = JSON.parse(require("fs").readFileSync(0, "utf8"));
const tell = (what) => process.stdout.write(JSON.stringify(what) + "\n");

const ws = new WebSocket(url, {
  perMessageDeflate: compression === "deflate" ? { threshold: 0 } : false,
  maxPayload: 1 << 26,
});
const received = () => new Promise((resolve) => ws.once("message", resolve));
const ponged = () => new Promise((resolve) => ws.once("pong", resolve));

ws.on("message", (body, isBinary) => tell(isBinary ? { bytes: body.toString("hex") } : { text: body.toString() }));
ws.on("pong", (body) => tell({ pong: body.toString("hex") }));
ws.on("close", (code, reason) => tell({ close: [code, reason.toString()] }));
ws.on("error", (error) => { console.error(error.message); process.exitCode = 1; });
ws.on("open", async () => {
  tell({ extensions: ws.extensions });
  for (const step of steps) {
    if ("say" in step) ws.send(step.say), await received();
    else if ("bytes" in step) ws.send(Buffer.from(step.bytes, "hex")), await received();
    else if ("ping" in step) ws.ping(Buffer.from(step.ping, "hex")), await ponged();
    else if ("close" in step) ws.close(...step.close);
    else if ("fragments" in step) {
      step.fragments.forEach((piece, index) => ws.send(piece, { fin: index === step.fragments.length - 1 }));
      await received();
    }
  }
});
