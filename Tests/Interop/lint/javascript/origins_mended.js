const { Server } = require("ws");
const { checkToken } = require("./auth");

const allowedOrigins = ["https://app.example.com", "https://app.example.org"];
const wss = new Server({
  port: 9000,
  maxPayload: 8192,
  verifyClient: ({ origin, req }, done) => {
    done(allowedOrigins.includes(origin) && checkToken(req.headers["authorization"]), 403);
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
