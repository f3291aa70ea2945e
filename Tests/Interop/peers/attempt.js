// attempt.js: tries to open one connection with the Node package ws, and tells what became of it.
//
// On stdin: {url, headers, protocols, origin, ca, say: [TEXT…], hear: COUNT, stay: BOOL}. On stdout one JSON object: {status} where
// the server refused, {error} where there was no answer, else {protocol, heard: [TEXT…], close: [CODE, REASON]}. It says its texts,
// waits for as many messages as it is to hear, and closes with 1000; with `stay` it waits for the server to close.
"use strict";
const WebSocket = require("ws");
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
let isTold = false;
const tell = (what) => {
  if (!isTold) process.stdout.write(JSON.stringify(what) + "\n", () => process.exit(0));
  isTold = true;
};

const options = { headers: asked.headers, perMessageDeflate: false };
if (asked.origin) options.origin = asked.origin;
if (asked.ca) options.ca = require("fs").readFileSync(asked.ca);
const ws = new WebSocket(asked.url, asked.protocols, options);
const heard = [];
const leave = () => { if (!asked.stay && heard.length >= asked.hear) ws.close(1000); };
ws.on("unexpected-response", (request, response) => tell({ status: response.statusCode }));
ws.on("error", (error) => tell({ error: error.code || error.message }));
ws.on("message", (body) => { heard.push(body.toString()); leave(); });
ws.on("close", (code, reason) => tell({ protocol: ws.protocol, heard, close: [code, reason.toString()] }));
ws.on("open", () => { asked.say.forEach((text) => ws.send(text)); leave(); });
