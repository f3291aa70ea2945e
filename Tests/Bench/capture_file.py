"""Writes a capture as tcpdump would have made it: many WebSocket connections, each frame in a packet of its own.

Half of the connections agreed on permessage-deflate with context takeover.
"""

import random
import struct
import zlib

PORT = 8080
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
WORDS = "price order trade depth alice bob chat room update delete snapshot sequence level bid ask volume".split()


class Side:
    def __init__(self, address, port, compressed):
        self.address, self.port, self.sequence = address, port, 1
        self.deflate = zlib.compressobj(1, zlib.DEFLATED, -15) if compressed else None


class Connection:
    def __init__(self, number):
        self.compressed = number % 2 == 1
        self.client = Side(b"\x7f\x00\x00\x01", 40000 + number, self.compressed)
        self.server = Side(b"\x7f\x00\x00\x01", PORT, self.compressed)

    def sides(self, from_client):
        return (self.client, self.server) if from_client else (self.server, self.client)


class Writer:
    def __init__(self, file):
        self.file, self.time, self.pieces = file, 1_700_000_000_000_000, []
        self.pieces.append(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))

    def packet(self, sender, receiver, flags, payload=b""):
        self.time += 20
        total = 40 + len(payload)
        self.pieces.append(
            struct.pack("<IIII", self.time // 1_000_000, self.time % 1_000_000, 14 + total, 14 + total)
            + bytes(12) + b"\x08\x00"
            + struct.pack(">BBHHHBBH4s4s", 0x45, 0, total, 0, 0x4000, 64, 6, 0, sender.address, receiver.address)
            + struct.pack(
                ">HHIIBBHHH", sender.port, receiver.port, sender.sequence, receiver.sequence, 0x50, flags, 65535, 0, 0
            )
            + payload
        )
        sender.sequence += len(payload) + (1 if flags & 0x03 else 0)
        if len(self.pieces) >= 4096:
            self.flush()

    def flush(self):
        self.file.write(b"".join(self.pieces))
        self.pieces.clear()


def frame(sender, payload, first, masked):
    if sender.deflate and not first & 0x08:
        first |= 0x40
        payload = (sender.deflate.compress(payload) + sender.deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]
    mask = 0x80 if masked else 0
    length = len(payload)
    head = bytes([first, mask | length]) if length < 126 else struct.pack(">BBH", first, mask | 126, length)
    if not masked:
        return head + payload
    # A key whose four bytes are the same masks like one that differs, and translates at C speed.
    key = random.randrange(1, 256)
    return head + bytes([key]) * 4 + payload.translate(bytes(byte ^ key for byte in range(256)))


def write(path, frames, connections=32):
    """Writes `frames` frames on `connections` connections."""
    random.seed(101)
    said = [sentence(index) for index in range(512)]
    everyone = [Connection(number) for number in range(connections)]
    with open(path, "wb") as file:
        writer = Writer(file)
        for one in everyone:
            open_connection(writer, one)
        for index in range(frames - 2 * connections):
            one = everyone[index * 7919 % connections]
            from_client = index % 3 == 0
            sender, receiver = one.sides(from_client)
            if index % 500 == 0:
                body = frame(sender, b"heartbeat", 0x89, from_client)
            else:
                body = frame(sender, said[random.randrange(512)], 0x81 if index % 4 else 0x82, from_client)
            writer.packet(sender, receiver, 0x18, body)
        for one in everyone:
            close_connection(writer, one)
        writer.flush()


def sentence(index):
    fields = ", ".join(f'"{random.choice(WORDS)}": "{random.getrandbits(64):x}"' for _ in range(8 + index % 20))
    return f'{{"id": {index}, {fields}}}'.encode()


def open_connection(writer, one):
    offer = DEFLATE if one.compressed else ""
    writer.packet(one.client, one.server, 0x02)
    writer.packet(one.server, one.client, 0x12)
    writer.packet(one.client, one.server, 0x10)
    request = (
        f"GET /stream HTTP/1.1\r\nHost: localhost:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n{offer}\r\n"
    )
    writer.packet(one.client, one.server, 0x18, request.encode())
    response = (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {ACCEPT}\r\n{offer}\r\n"
    )
    writer.packet(one.server, one.client, 0x18, response.encode())


def close_connection(writer, one):
    for from_client in (True, False):
        sender, receiver = one.sides(from_client)
        writer.packet(sender, receiver, 0x18, frame(sender, b"\x03\xe8", 0x88, from_client))
    writer.packet(one.server, one.client, 0x11)
    writer.packet(one.client, one.server, 0x11)
    writer.packet(one.server, one.client, 0x10)
