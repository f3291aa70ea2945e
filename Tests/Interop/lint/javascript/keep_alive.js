export function keepAlive(wss) {
  setInterval(() => wss.clients.forEach((ws) => ws.ping()), 20_000);
}
