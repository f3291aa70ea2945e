"""The screen in a real terminal, by keyboard alone, at the smallest size and at a wide one."""

import os
import signal

import pytest
from programs import WS101, eventually, free_port, talk, ws101
from terminal import Terminal
from test_peers import teaching_server

FIELDS = [
    "FIN = 1", "RSV1 = 0", "RSV2 = 0", "RSV3 = 0", "opcode = 0x1", "MASK = 1", "payload length = 15",
    "masking key = [0-9a-f ]{11}",
]
ROUND_TRIP = r"PONG .*\d+(\.\d+)? (ns|µs|ms|s)\b"


@pytest.fixture(params=[(80, 24), (160, 50)], ids=["80x24", "160x50"])
def terminal(request):
    with Terminal(*request.param) as terminal:
        yield terminal


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """A short conversation of the Python package websockets with our server."""
    file = tmp_path_factory.mktemp("screen") / "short.pcapng"
    with teaching_server(file) as listen:
        steps = [{"say": '{"op": "hello"}'}, {"ping": b"are you there".hex()}, {"close": [4001, "bye"]}]
        talk("python", f"ws://127.0.0.1:{listen}/echo", "plain", steps)
    return file


def start(terminal, *arguments):
    terminal.run(" ".join([WS101, *map(str, arguments)]))
    terminal.wait_for(r"^ ws101  1 Watch")


def press_until(terminal, key, pattern):
    """Presses a key as often as it takes to see the pattern."""
    for _ in range(60):
        if terminal.find(pattern):
            return
        before = terminal.text()
        terminal.press(key)
        eventually(lambda: terminal.find(pattern) or terminal.text() != before, f"{key} does something:\n{before}")
    raise AssertionError(f"{pattern!r} never came:\n{terminal.text()}")


def test_alone_it_shows_live_frames_and_how_to_connect(terminal):
    start(terminal)
    terminal.wait_for(r"GET /")
    terminal.wait_for(r"101 Switching Protocols")
    terminal.wait_for(r"TEXT \d+")
    assert terminal.find(r"ws://127\.0\.0\.1:\d+/echo")
    before = terminal.find(r"(\d+) frames")[1]
    eventually(lambda: terminal.find(r"(\d+) frames")[1] != before, "traffic goes on")


def test_the_round_trip_of_a_ping_is_joined_with_its_pong(terminal):
    start(terminal)
    terminal.wait_for(ROUND_TRIP)


def test_the_demo_steps_aside_for_a_real_client(terminal):
    listen = free_port()
    start(terminal, "watch", "--listen", f"127.0.0.1:{listen}")
    terminal.wait_for(r"TEXT \d+")
    steps = [{"say": "a real client speaks"}, {"ping": ""}, {"say": "once more"}, {"close": [1000, "bye"]}]
    talk("node", f"ws://127.0.0.1:{listen}/echo?real", "plain", steps)
    terminal.wait_for(r"a real client speaks")
    terminal.wait_for(r"/echo\?real")


def test_behind_the_proxy(terminal, tmp_path):
    listen = free_port()
    with teaching_server(tmp_path / "behind.pcapng") as upstream:
        start(terminal, "watch", "--proxy", f"ws://127.0.0.1:{upstream}", "--listen", f"127.0.0.1:{listen}")
        talk("python", f"ws://127.0.0.1:{listen}/proxied", "deflate", [{"say": "through the proxy"}, {"close": []}])
        terminal.wait_for(r"through the proxy")
        terminal.wait_for(r"/proxied")


def test_the_handshake_panel(terminal, recording):
    start(terminal, "watch", recording)
    terminal.wait_for(r"101 Switching")
    press_until(terminal, "g", r"TCP connection opened")
    terminal.press("Enter")
    terminal.wait_for(r"opening handshake.*complete")
    for part in (r"Sec-WebSocket-Key", r"258EAFA5-E914-47DA-95CA-C5AB0DC85B11", r"SHA-1 ", r"equals the answer ✓"):
        terminal.wait_for(part)
    press_until(terminal, "Down", r"✓ .*§4\.2\.2")
    terminal.press("Escape")
    terminal.wait_for(r"▸.*127\.0\.0\.1")


def test_the_bit_ruler_is_walked_with_the_arrows(terminal, recording):
    start(terminal, "watch", recording)
    press_until(terminal, "Down", r"frame 1 +client → server +TEXT")
    places = []
    for field in FIELDS:
        terminal.wait_for(rf"^ {field}.*§5")
        places.append(terminal.find(r"^ *▔+")[0])
        terminal.press("Right")
    assert places == sorted(set(places), key=len), "the mark goes from left to right"
    terminal.press("Left")
    terminal.wait_for(r"masking key =")


def test_the_closing_panel(terminal, recording):
    start(terminal, "watch", recording)
    press_until(terminal, "G", r"▸.*closed 4001")
    terminal.press("Enter")
    terminal.wait_for(r"how it ended.*4001")
    for truth in (r"on the wire .*client .*CLOSE 4001 .bye.*first to move", r"server .*CLOSE 4001",
                  r"concluded .*client +4001, clean", r"TCP .*FIN from the server, then FIN from the client"):
        terminal.wait_for(truth)


def test_the_filter_leaves_what_it_names(terminal, recording):
    start(terminal, "watch", recording)
    terminal.wait_for(r"PING")
    terminal.press("/")
    terminal.type("opcode == ping")
    terminal.press("Enter")
    terminal.wait_for(r"opcode == ping")
    eventually(lambda: terminal.find(r"PING") and not terminal.find(r"CLOSE"), "only the ping is left")


def test_the_help_lists_the_keys(terminal, recording):
    start(terminal, "watch", recording)
    terminal.press("?")
    terminal.wait_for(r"PgUp PgDn")
    terminal.press("Escape")
    terminal.wait_for(r"101 Switching")


def test_the_screen_follows_the_terminal_s_size(terminal, recording):
    start(terminal, "watch", recording)
    terminal.wait_for(r"^ .*q quit")
    for width, height in ((120, 40), (80, 24), (40, 10), (20, 5), (160, 50)):
        terminal.resize(width, height)
        eventually(lambda: max(map(len, terminal.text().splitlines())) <= width, "it fits")
    terminal.wait_for(r"CLOSE 5 4001 bye")


@pytest.mark.parametrize("how", ["q", "C-c", "SIGTERM", "SIGHUP", "SIGSEGV"])
def test_the_terminal_is_given_back(terminal, how):
    """After every way out, a crash included."""
    before, modes = terminal.state(), settings(terminal)
    start(terminal)
    terminal.wait_for(r"TEXT")
    assert terminal.state() != before
    if how.startswith("SIG"):
        os.kill(terminal.process(), getattr(signal, how))
    else:
        terminal.press(how)
    eventually(lambda: terminal.process() is None, "the program ended")
    terminal.wait_for(r"ready>$")
    assert terminal.state() == before
    assert settings(terminal) == modes


def settings(terminal):
    """What stty knows of the terminal."""
    terminal.run("clear; stty -g")
    return terminal.wait_for(r"^[0-9a-f]+(:[0-9a-f]+)+$")[0]


def test_without_a_terminal_it_prints_plain_lines(recording):
    assert ws101("watch", recording).stdout == ws101("show", recording).stdout
