const { Server } = require("ws");
const { checkToken } = require("./auth");

const wss = new Server({
  port: 9000,
  maxPayload: 8192,
  verifyClient: ({ origin, req }, done) => {
    const known = origin.endsWith("example.com") || /https:\/\/app.example.org/.test(origin);
    done(known && checkToken(req.headers["authorization"]), 403);
  },
});

wss.on("connection", (ws) => {
  ws.on("message", (data) => {
    try {
      const { type } = JSON.parse(data);
      if (type === "ping" && ws.bufferedAmount < 65536) ws.send('{"type":"pong"}');
    } catch {
      ws.close(1007, "not JSON");
    }
  });
});
