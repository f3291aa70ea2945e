const log = document.querySelector("#log");
let socket;

function connect() {
  socket = new WebSocket("ws://chat.example.com/live?access_token=" + localStorage.token);
  socket.onmessage = (event) => {
    const line = `<p>${event.data}</p>`;
    log.innerHTML += line;
  };
  socket.onclose = () => {
    setTimeout(connect, 1000);
  };
}

connect();
