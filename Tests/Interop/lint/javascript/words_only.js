// new WebSocket.Server({ port: 8080 }); ws.on("message", m => JSON.parse(m)); rejectUnauthorized: false
const text = 'const wss = new WebSocket.Server({ port: 8080 }); // maxPayload: 0';
const { EventEmitter } = require("events");

// A server of that name, but not of that library.
class Server extends EventEmitter {}
const server = new Server({ maxPayload: 0 });
server.on("message", (data) => JSON.parse(data));
process.on("message", (data) => console.log(JSON.parse(data), text));
module.exports = { server };
