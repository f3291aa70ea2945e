import WebSocket from "ws";

const KEY = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----";

export class Feed {
  private socket?: WebSocket;

  start(): void {
    this.socket = new WebSocket("wss://feed.example.com/v1", { rejectUnauthorized: false, key: KEY });
    this.socket.on("message", this.onMessage);
    this.socket.on("close", () => this.start());
  }

  private onMessage = (data: Buffer): void => {
    const tick = JSON.parse(data.toString());
    console.log(tick.price);
  };
}
