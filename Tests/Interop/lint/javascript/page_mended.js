const log = document.querySelector("#log");
let attempt = 0;

function connect() {
  const socket = new WebSocket("wss://chat.example.com/live");
  socket.onopen = () => { attempt = 0; };
  socket.onmessage = ({ data }) => {
    const line = document.createElement("p");
    line.textContent = data;
    log.append(line);
  };
  socket.onclose = () => {
    const cap = Math.min(30_000, 500 * 2 ** attempt++);
    setTimeout(connect, Math.random() * cap);
  };
}

connect();
