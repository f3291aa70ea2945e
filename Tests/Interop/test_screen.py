"""The screen in a real terminal, by keyboard alone, at the smallest size and at a wide one."""

import os
import signal

import pytest
from programs import WS101, eventually, free_port, talk
from terminal import Terminal

SIZES = [(80, 24), (160, 50)]


@pytest.fixture(params=SIZES, ids=["80x24", "160x50"])
def terminal(request):
    with Terminal(*request.param) as terminal:
        yield terminal


def started(terminal, *arguments):
    """The screen with its demo traffic."""
    terminal.run(" ".join([WS101, *map(str, arguments)]))
    terminal.wait_for(r"ws101 .*Watch")


def test_live_frames_appear(terminal):
    started(terminal)
    terminal.wait_for(r"GET /")
    terminal.wait_for(r"101")
    terminal.wait_for(r"TEXT")
    before = terminal.text()
    eventually(lambda: terminal.text() != before, "traffic goes on")


def test_the_round_trip_of_a_ping_is_shown(terminal):
    started(terminal)
    terminal.wait_for(r"PING")
    terminal.wait_for(r"PONG.*\d ?ms")


@pytest.mark.parametrize("how", ["q", "C-c", "SIGTERM", "SIGHUP"])
def test_the_terminal_is_given_back(terminal, how):
    before, modes = terminal.state(), settings(terminal)
    started(terminal)
    terminal.wait_for(r"TEXT")
    if how.startswith("SIG"):
        os.kill(terminal.process(), getattr(signal, how))
    else:
        terminal.press(how)
    terminal.wait_for(r"ready>$")
    eventually(lambda: terminal.process() is None, "the program ended")
    assert terminal.state() == before
    assert settings(terminal) == modes


def settings(terminal):
    """What stty knows of the terminal."""
    terminal.run("clear; stty -g")
    return terminal.wait_for(r"^[0-9a-f]+(:[0-9a-f]+)+$")[0]
