"""tshark's reading of a recording."""

import subprocess

LENGTHS = ["websocket.payload_length", "websocket.payload_length_ext_16", "websocket.payload_length_ext_64"]
FIELDS = ["tcp.srcport", "websocket.opcode", "websocket.fin", *LENGTHS]


def tshark_frames(file, server_port):
    """The WebSocket frames of a recording as (side, opcode, fin, length), first the client's, then the server's.

    Payloads are not compared: tshark 4.0 does not inflate most messages of a connection with context takeover.
    """
    frames = {"client": [], "server": []}
    for row in tshark(file, "-Y", "websocket", "-T", "fields", *(word for field in FIELDS for word in ("-e", field))):
        port, *columns = row.split("\t")
        side = "server" if int(port) == server_port else "client"
        # A packet with several frames has several values in each column; the extended lengths only of those with one.
        opcodes, fins, short, middle, long = (iter(column.split(",")) for column in columns)
        for opcode, fin, length in zip(opcodes, fins, short, strict=True):
            length = {"126": middle, "127": long}.get(length, iter([length]))
            frames[side].append((side, int(opcode), fin in ("1", "True"), int(next(length))))
    return frames["client"] + frames["server"]


def tshark(file, *options):
    ended = subprocess.run(["tshark", "-n", "-r", file, *options], capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()
