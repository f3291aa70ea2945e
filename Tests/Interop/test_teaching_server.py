"""The teaching server's scenarios, and who may not use it."""

import socket

import pytest
from programs import WS101, free_port, running
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect


@pytest.fixture(scope="module")
def server():
    listen = free_port()
    with running([WS101, "serve", "--listen", f"127.0.0.1:{listen}"], listen):
        yield listen


def test_what_one_says_in_a_room_all_others_there_hear(server):
    room = f"ws://127.0.0.1:{server}/chat/blue"
    with connect(room) as one, connect(room) as two, connect(room) as three:
        with connect(f"ws://127.0.0.1:{server}/chat/red") as elsewhere:
            one.send("hello blue")
            assert two.recv(timeout=30) == three.recv(timeout=30) == "hello blue"
            elsewhere.send("hello red")
            two.send("and you")
            assert one.recv(timeout=30) == three.recv(timeout=30) == "and you"
            # Nobody heard himself, and nobody in the other room heard a word.
            for silent in (one, two, elsewhere):
                with pytest.raises(TimeoutError):
                    silent.recv(timeout=0.2)


def test_the_ticker_pushes(server):
    with connect(f"ws://127.0.0.1:{server}/ticker") as ws:
        assert len({ws.recv(timeout=30) for _ in range(3)}) == 3


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null", "http://localhost.evil.example"])
def test_a_web_page_of_elsewhere_is_refused(server, origin):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"ws://127.0.0.1:{server}/echo", origin=origin)
    assert refused.value.response.status_code == 403


def test_a_web_page_of_this_machine_is_served(server):
    with connect(f"ws://127.0.0.1:{server}/echo", origin=f"http://localhost:{server}") as ws:
        ws.send("hello")
        assert ws.recv(timeout=30) == "hello"


def test_a_name_that_is_not_this_machine_is_refused(server):
    """A name that somebody lets point to 127.0.0.1 (DNS rebinding)."""
    with socket.create_connection(("127.0.0.1", server)) as connection, pytest.raises(InvalidStatus) as refused:
        connect("ws://rebound.example/echo", sock=connection)
    assert 400 <= refused.value.response.status_code < 500
