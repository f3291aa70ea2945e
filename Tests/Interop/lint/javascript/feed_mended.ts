import WebSocket from "ws";
import { readFileSync } from "node:fs";

export class Feed {
  private socket?: WebSocket;
  private delay = 500;

  start(): void {
    this.socket = new WebSocket("wss://feed.example.com/v1", { key: readFileSync("client.pem") });
    this.socket.on("open", () => { this.delay = 500; });
    this.socket.on("message", this.onMessage);
    this.socket.on("close", () => {
      this.delay = Math.min(this.delay * 2, 30_000);
      setTimeout(() => this.start(), this.delay * Math.random());
    });
  }

  private onMessage = (data: Buffer): void => {
    try {
      const tick = JSON.parse(data.toString());
      console.log(tick.price);
    } catch (error) {
      console.error("not JSON", error);
    }
  };
}
