"""The client in scripts: lines in, messages out, and an exit status that tells how it ended."""

import ast
import contextlib
import sys

import pytest
import shown
from programs import eventually, free_port, lines, peer_server, running, ws101
from test_peers import tapped


@pytest.fixture(params=["python", "node"])
def peer(request):
    """An echo server that others wrote."""
    port = free_port()
    with peer_server(request.param, port, "deflate") as process:
        process.port = port
        yield process


def connect(peer, typed, *options, status=0):
    """Runs the client on typed lines; tells the messages that it received."""
    url = f"ws://127.0.0.1:{peer.port}/path"
    printed = ws101("connect", *options, url, input=typed.encode(), status=status).stdout.decode()
    return [line[2:] for line in printed.splitlines() if line.startswith("< ")]


def test_lines_are_messages(peer):
    said = connect(peer, "hello\nκόσμε 🌊\n//slash\n/ping are you there\n/binary 00ff\n")
    assert said[:3] == ["hello", "κόσμε 🌊", "/slash"]
    assert [value for value in lines(peer) if "text" in value or "bytes" in value] == [
        {"text": "hello"}, {"text": "κόσμε 🌊"}, {"text": "/slash"}, {"bytes": "00ff"},
    ]


def test_the_end_of_input_closes_with_1000(peer):
    connect(peer, "hello\n")
    eventually(lambda: {"close": [1000, ""]} in lines(peer), "the server saw the Close")


def test_close_with_a_code_and_a_reason(peer):
    connect(peer, "/close 1000 bye – tschüß\n")
    eventually(lambda: {"close": [1000, "bye – tschüß"]} in lines(peer), "the server saw the Close")


def test_raw_bytes_go_out_as_they_are(peer, tmp_path):
    """An unmasked frame: the server fails the connection with 1002, and the status says so."""
    with tapped(peer.port) as wire:
        recording = tmp_path / "raw.pcapng"
        url = f"ws://127.0.0.1:{wire.port}/"
        ws101("connect", "--record", recording, url, input=b"/raw 81 05 48 65 6c 6c 6f\n", status=1)
    assert bytes(wire.connections[0]["client"]).partition(b"\r\n\r\n")[2].startswith(bytes.fromhex("810548656c6c6f"))
    events = shown.events(recording)
    assert shown.violations(events)
    assert [event["code"] for event in shown.of_kind(events, "frame") if event["name"] == "close"][0] == 1002


def test_compression_is_offered_unless_refused(peer, tmp_path):
    for option, compressed in (("--compression", True), ("--no-compression", False)):
        recording = tmp_path / f"{option}.pcapng"
        connect(peer, "hello\n" * 3, option, "--record", str(recording))
        (established,) = shown.of_kind(shown.events(recording), "established")
        assert ("compression" in established) == compressed


@contextlib.contextmanager
def server_that(body, subprotocols=()):
    """A server of the Python package websockets whose handler has this body."""
    port = free_port()
    program = (
        "import sys\nfrom websockets.sync.server import serve\n"
        f"def handler(ws):\n    {body}\n"
        f"with serve(handler, '127.0.0.1', int(sys.argv[1]), subprotocols={list(subprotocols) or None}) as server:\n"
        "    server.serve_forever()\n"
    )
    with running([sys.executable, "-c", program, port], port) as process:
        process.port = port
        yield process


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("ws.close(1000)", 0),
        ("ws.close(1001, 'restarting')", 0),
        ("ws.close(1011, 'broken')", 1),
        ("ws.socket.shutdown(2)", 1),
    ],
)
def test_the_status_tells_how_it_ended(body, status):
    with server_that(body) as peer:
        connect(peer, "", "--wait", "30", status=status)


def test_headers_subprotocols_and_origin_are_sent():
    told = "r = ws.request; h = r.headers; ws.send(repr([r.path, h['X-One'], h['Origin'], ws.subprotocol]))"
    with server_that(told, ["soap", "wamp"]) as peer:
        said = connect(
            peer, "", "-H", "X-One: 1: one", "--origin", "https://app.example",
            "--subprotocol", "mqtt", "--subprotocol", "wamp",
        )
    assert ast.literal_eval(said[0]) == ["/path", "1: one", "https://app.example", "wamp"]


def test_a_refusal_is_told():
    with running([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port := free_port()], port):
        ended = ws101("connect", f"ws://127.0.0.1:{port}/nothing-here", status=3)
    assert b"404" in ended.stderr


def test_echo_ends_when_the_connection_does():
    with server_that("ws.send('one'); assert ws.recv() == 'one'; ws.send(b'two'); assert ws.recv() == b'two'") as peer:
        ws101("connect", "--echo", f"ws://127.0.0.1:{peer.port}/")
