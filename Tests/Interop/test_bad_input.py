"""Bad input of every kind: a clear message, the right exit status, and a program that goes on."""

import base64
import hashlib
import re
import signal
import socket
import subprocess
import threading
import zlib

import pytest
import shown
from programs import WS101, environment, free_port, running, talk, ws101
from test_peers import proxy_to, teaching_server

UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n{more}\r\n"
)
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
# What may change a terminal's state or the order in which text appears: C0 but tab and line feed, DEL, C1, bidi.
DANGEROUS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\x00\r"


def raw_connection(port, path="/", more=""):
    """A connection after its opening handshake, spoken by hand."""
    peer = socket.create_connection(("127.0.0.1", port), timeout=30)
    peer.sendall(UPGRADE.format(path=path, port=port, more=more).encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += peer.recv(1)
    assert head.startswith(b"HTTP/1.1 101"), head
    return peer


def masked(first, payload, length=None):
    """A client's frame with the masking key 0, so that what is written here is what is on the wire."""
    length = len(payload) if length is None else length
    if length < 126:
        size = bytes([0x80 | length])
    elif length < 1 << 16:
        size = b"\xfe" + length.to_bytes(2, "big")
    else:
        size = b"\xff" + length.to_bytes(8, "big")
    return bytes([first]) + size + bytes(4) + payload


def rest(peer):
    """Everything that comes until the peer ends the connection."""
    received = b""
    try:
        while chunk := peer.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def close_code(received):
    """The status code of the Close frame at the end of what a server sent."""
    place = received.rfind(b"\x88")
    assert place >= 0, received
    return int.from_bytes(received[place + 2 : place + 4], "big")


def complaint(*arguments, status, **options):
    """What a command says on standard error while it says nothing on standard output."""
    ended = ws101(*arguments, status=status, **options)
    assert ended.stdout == b""
    said = ended.stderr.decode()
    assert said.strip() and "Fatal error" not in said and not DANGEROUS.search(said)
    return said


def test_a_port_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in (["serve"], ["proxy", "--to", "ws://127.0.0.1:9"]):
            said = complaint(*command, "--listen", f"127.0.0.1:{port}", status=3)
            assert str(port) in said and "in use" in said


def test_a_host_that_refuses():
    port = free_port()
    said = complaint("connect", f"ws://127.0.0.1:{port}/", status=3)
    assert str(port) in said and "refused" in said


def test_a_host_that_does_not_exist():
    assert "nowhere.invalid" in complaint("connect", "ws://nowhere.invalid/", status=3)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello\n", b"\x7fELF" + bytes(200), b"\x0a\x0d\x0d\x0a" + b"\xff" * 60],
    ids=["empty", "text", "program", "broken at once"],
)
def test_a_file_that_is_no_recording(tmp_path, content):
    file = tmp_path / "not.pcapng"
    file.write_bytes(content)
    assert "not.pcapng" in complaint("show", file, status=3)


def test_a_file_that_is_not_there(tmp_path):
    assert "missing.pcapng" in complaint("show", tmp_path / "missing.pcapng", status=3)


def test_a_word_that_is_neither_a_command_nor_a_file():
    assert "no-such-command" in complaint("no-such-command", status=3)


def test_a_recording_that_cannot_be_written(tmp_path):
    place = tmp_path / "no" / "such" / "folder.pcapng"
    assert "folder.pcapng" in complaint("serve", "--listen", "127.0.0.1:0", "--record", place, status=3)


@pytest.mark.parametrize(
    "arguments",
    [
        ["decode", "zz"],
        ["decode"],
        ["decode", "8"],
        ["accept"],
        ["--no-such-option"],
        ["serve", "--listen", "127.0.0.1:99999"],
        ["serve", "--scenario", "no-such-scenario"],
        ["connect", "ftp://127.0.0.1/"],
        ["connect", "ws://127.0.0.1/#fragment"],
        ["proxy", "--listen", "127.0.0.1:0"],
        ["show", __file__, "--format", "no-such-format"],
        ["show", __file__, "--filter", "opcode =="],
    ],
    ids=" ".join,
)
def test_wrong_use(arguments):
    complaint(*arguments, status=2)


def test_a_peer_that_sends_garbage_instead_of_a_request(tmp_path):
    recording = tmp_path / "garbage.pcapng"
    garbage = bytes(range(256)) * 40
    with teaching_server(recording) as listen:
        for sent in (garbage, b"\x00", b"GET / HTTP/1.1\r\nHost" + b"x" * 300_000, b"\r\n\r\n\r\n", b"GET\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", listen), timeout=30) as peer:
                try:
                    peer.sendall(sent)
                    peer.shutdown(socket.SHUT_WR)
                except OSError:
                    continue  # The server had enough before the end.
                assert b"101 Switching" not in rest(peer)
        still_serves(listen)
    assert len(shown.of_kind(shown.events(recording), "opened")) == 6


def test_a_peer_that_sends_garbage_instead_of_frames(tmp_path):
    recording = tmp_path / "garbage.pcapng"
    with teaching_server(recording) as listen:
        with raw_connection(listen) as peer:
            peer.sendall(bytes([0xF3]) * 1000)
            assert close_code(rest(peer)) == 1002
        still_serves(listen)
    events = shown.events(recording)
    assert shown.violations(events)
    assert shown.frames(events)[0].rsv == 7


def test_a_frame_of_2_to_the_63_bytes(tmp_path):
    recording = tmp_path / "huge.pcapng"
    with teaching_server(recording) as listen:
        for length, code in ((1 << 63, 1002), ((1 << 63) - 1, 1009), ((1 << 64) - 1, 1002)):
            with raw_connection(listen) as peer:
                peer.sendall(masked(0x82, b"begin", length))
                assert close_code(rest(peer)) == code
        still_serves(listen)
    lengths = [event["length"] for event in shown.of_kind(shown.events(recording), "frame")]
    assert {1 << 63, (1 << 63) - 1, (1 << 64) - 1} <= set(lengths)


def test_a_compression_bomb(tmp_path):
    """A few kilobytes that inflate to a gigabyte: refused with 1009, recorded, shown, and never in memory."""
    recording = tmp_path / "bomb.pcapng"
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(deflate.compress(bytes(1 << 20)) for _ in range(1024))
    bomb += deflate.flush(zlib.Z_SYNC_FLUSH)[:-4]
    listen = free_port()
    command = [WS101, "serve", "--listen", f"127.0.0.1:{listen}", "--scenario", "echo", "--record", recording]
    with running(command, listen) as server:
        with raw_connection(listen, more=DEFLATE) as peer:
            try:
                peer.sendall(masked(0xC2, bomb))
            except OSError:
                pass
            assert close_code(rest(peer)) == 1009
        still_serves(listen)
        assert peak_megabytes(server) < 200
    with running([WS101, "show", recording, "--format", "jsonl"]) as shows:
        shows.wait(timeout=60)
        assert shows.returncode == 0


def peak_megabytes(process):
    with open(f"/proc/{process.pid}/status") as status:
        (line,) = [line for line in status if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def test_escape_sequences_never_reach_the_terminal(tmp_path):
    """In the URL, a header, a text, a binary payload and a close reason: all of it is recorded, none of it acts."""
    recording = tmp_path / "escapes.pcapng"
    said = ESCAPES.encode()
    with teaching_server(recording) as listen:
        with socket.create_connection(("127.0.0.1", listen), timeout=30) as peer:
            more = "X-Evil: " + ESCAPES[:-2] + "\r\n"
            peer.sendall(UPGRADE.format(path="/\x1b[31m", port=listen, more=more).encode())
            assert rest(peer).startswith(b"HTTP/1.1 400")
        with raw_connection(listen) as peer:
            peer.sendall(masked(0x81, said) + masked(0x82, b"\xff" + said))
            peer.sendall(masked(0x88, (1000).to_bytes(2, "big") + said))
            rest(peer)
    for form in ("text", "jsonl"):
        printed = ws101("show", recording, "--format", form).stdout.decode()
        assert not DANGEROUS.search(printed), form
        assert printed.count("owned") >= 4, form
    payloads = [frame.payload for frame in shown.frames(shown.events(recording)) if frame.side == "client"]
    assert payloads == [said, b"\xff" + said, b"\x03\xe8" + said]


def test_escape_sequences_from_a_server_never_reach_the_terminal():
    """Our client prints what a hostile server says: in a refusal, in messages, in a close reason."""
    with hostile_server(lambda peer: peer.sendall(b"HTTP/1.1 404 " + ESCAPES.encode()[:-2] + b"\r\n\r\n")) as port:
        ended = ws101("connect", f"ws://127.0.0.1:{port}/", status=3)
        assert not DANGEROUS.search((ended.stdout + ended.stderr).decode())

    def speak(peer):
        request = peer.recv(65536).decode()
        key = re.search(r"(?i)sec-websocket-key: *(\S+)", request)[1]
        peer.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + f"Sec-WebSocket-Accept: {accept_of(key)}\r\n\r\n".encode()
        )
        said = ESCAPES.encode()
        peer.sendall(b"\x81" + bytes([len(said)]) + said + b"\x88" + bytes([len(said) + 2]) + b"\x03\xe8" + said)
        # The client's Close is all that it sends; then the server is the first to end TCP, as §7.1.1 wants it.
        assert peer.recv(4096)[0] == 0x88

    with hostile_server(speak) as port:
        ended = ws101("connect", "--wait", "30", f"ws://127.0.0.1:{port}/", input=b"")
        printed = (ended.stdout + ended.stderr).decode()
        assert "owned" in printed and not DANGEROUS.search(printed)


class hostile_server:
    """Accepts one connection and lets a function speak to it."""

    def __init__(self, speak):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._speak = speak

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self._listener.getsockname()[1]

    def _serve(self):
        peer, _ = self._listener.accept()
        with peer:
            self._speak(peer)

    def __exit__(self, *_):
        self._listener.close()


def accept_of(key):
    digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    return base64.b64encode(digest).decode()


def test_garbage_from_a_server():
    with hostile_server(lambda peer: peer.sendall(bytes(range(256)) * 10)) as port:
        assert complaint("connect", f"ws://127.0.0.1:{port}/", status=3)


def test_a_proxy_whose_upstream_refuses(tmp_path):
    """The client is told so in HTTP, and the proxy goes on."""
    recording = tmp_path / "refused.pcapng"
    with proxy_to(free_port(), recording) as listen:
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", listen), timeout=30) as peer:
                peer.sendall(UPGRADE.format(path="/", port=listen, more="").encode())
                assert rest(peer).startswith(b"HTTP/1.1 502")
    assert len(shown.of_kind(shown.events(recording), "opened")) == 2


def test_a_reader_that_goes_away(tmp_path):
    """`ws101 show FILE | head -n 1` ends quietly."""
    recording = tmp_path / "long.pcapng"
    with teaching_server(recording) as listen:
        talk("python", f"ws://127.0.0.1:{listen}/", "plain", [*({"say": f"message {i}"} for i in range(2000)), {"close": []}])
    ended = subprocess.run(
        ["bash", "-c", f"'{WS101}' show '{recording}' | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True, timeout=60, env=environment(),
    )
    assert ended.returncode in (0, 128 + signal.SIGPIPE) and ended.stderr == b""


def test_a_server_says_goodbye_when_it_is_asked_to_end(tmp_path):
    """SIGTERM: every connection gets a Close with 1001, and the status is 0."""
    listen = free_port()
    with running([WS101, "serve", "--listen", f"127.0.0.1:{listen}", "--scenario", "echo"], listen) as server:
        with raw_connection(listen) as peer:
            server.send_signal(signal.SIGTERM)
            frame = peer.recv(4)
            assert frame[0] == 0x88 and int.from_bytes(frame[2:4], "big") == 1001
            peer.sendall(masked(0x88, (1001).to_bytes(2, "big")))
            rest(peer)
        assert server.wait(timeout=30) == 0


def still_serves(listen):
    assert {"text": "hello"} in talk("python", f"ws://127.0.0.1:{listen}/", "plain", [{"say": "hello"}, {"close": []}])
