"""A TCP relay that keeps every byte: what really went over the wire, read by nobody's WebSocket code but this."""

import dataclasses
import socket
import threading


@dataclasses.dataclass(frozen=True)
class Frame:
    """A frame as the bytes have it; `payload` is unmasked, and compressed where RSV1 says so."""

    side: str
    fin: bool
    rsv: int
    opcode: int
    key: str | None
    payload: bytes


class Tap:
    """Relays the connections that come to `port` on to `target`; `connections` holds the bytes of each."""

    def __init__(self, target):
        self.target = target
        self.connections = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = []
        self._start(self._accept)

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            kept = {"client": bytearray(), "server": bytearray()}
            self.connections.append(kept)
            self._start(self._relay, client, server, kept["client"])
            self._start(self._relay, server, client, kept["server"])

    @staticmethod
    def _relay(source, target, kept):
        try:
            while chunk := source.recv(65536):
                kept.extend(chunk)
                target.sendall(chunk)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self._listener.close()

    def frames(self, index=0):
        """The frames of a connection, first all of the client, then all of the server."""
        kept = self.connections[index]
        return read_frames("client", bytes(kept["client"])) + read_frames("server", bytes(kept["server"]))


def read_frames(side, stream):
    """The frames after the head of the opening handshake (RFC 6455 §5.2)."""
    head, _, rest = stream.partition(b"\r\n\r\n")
    frames, at = [], 0
    while at < len(rest):
        first, second = rest[at], rest[at + 1]
        at += 2
        length = second & 0x7F
        wide = {126: 2, 127: 8}.get(length, 0)
        if wide:
            length = int.from_bytes(rest[at : at + wide], "big")
            at += wide
        key = None
        if second & 0x80:
            key = rest[at : at + 4]
            at += 4
        payload = rest[at : at + length]
        assert len(payload) == length, "the stream ends inside a frame"
        at += length
        if key:
            payload = unmask(payload, key)
        frames.append(Frame(side, bool(first & 0x80), first >> 4 & 7, first & 15, key.hex() if key else None, payload))
    return frames


def unmask(payload, key):
    wide = int.from_bytes((key * (len(payload) // 4 + 1))[: len(payload)], "big")
    return (int.from_bytes(payload, "big") ^ wide).to_bytes(len(payload), "big")
