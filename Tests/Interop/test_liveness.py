"""Whether the other side is still there: Pings, half-open connections, idle limits, and the twins that do not care."""

import json
import socket
import subprocess

import pytest
from attempts import KINDS, attempt, http, metrics, opened, serving
from programs import PEERS, environment, eventually
from test_bad_input import raw_connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


def count_pings(url, milliseconds):
    """How many Pings Node's ws is sent in that time, and whether its own is answered."""
    ended = subprocess.run(["node", PEERS / "pings.js", url, str(milliseconds)], env=environment(), capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_pings_are_sent_at_their_interval():
    with serving("--ping-interval", "0.3") as server:
        assert count_pings(f"{server.ws}/echo", 2500)["pings"] >= 3
    with serving("--ping-interval", "0.3", "--faulty", "never-pings") as server:
        assert count_pings(f"{server.ws}/echo", 1500)["pings"] == 0


def test_pings_are_answered():
    with serving() as server:
        assert count_pings(f"{server.ws}/echo", 500)["pongs"] == 1
        with connect(f"{server.ws}/echo") as ws:
            assert ws.ping().wait(timeout=30)
    with serving("--faulty", "ignores-pings") as server:
        assert count_pings(f"{server.ws}/echo", 1000)["pongs"] == 0
        with connect(f"{server.ws}/echo") as ws:
            assert not ws.ping().wait(timeout=1)
            ws.send("everything else works")
            assert ws.recv(timeout=30) == "everything else works"


def half_open(server):
    """A client that vanished without a word: TCP is up, and nobody answers."""
    return raw_connection(server.port, "/echo")


def test_half_open_connections_are_reaped():
    quick = ["--ping-interval", "0.3", "--pong-timeout", "0.3"]
    with serving(*quick) as server:
        with half_open(server) as gone:
            gone.settimeout(30)
            received = b""
            while chunk := gone.recv(4096):
                received += chunk
            assert received[:1] == b"\x89" and b"\x88" in received and b"no Pong came" in received
        assert metrics(server)['ws101_closed_total{code="1011"}'] == 1
        # Who answers stays.
        with connect(f"{server.ws}/echo") as ws, pytest.raises(TimeoutError):
            ws.recv(timeout=1.5)
    with serving(*quick, "--faulty", "keeps-half-open") as server:
        with half_open(server) as gone:
            gone.settimeout(2)
            with pytest.raises(socket.timeout):
                while gone.recv(4096):
                    pass
            assert metrics(server)["ws101_connections"] == 2


@pytest.mark.parametrize("kind", KINDS)
def test_idle_connections_end(kind):
    with serving("--idle-limit", "0.5") as server:
        idle = attempt(kind, f"{server.ws}/echo", say=["hello"], stay=True)
        assert idle["heard"] == ["hello"] and idle["close"] == [1001, "no message for 500 ms"]
        # Who is sent something is not idle, though he says nothing himself.
        assert opened(attempt(kind, f"{server.ws}/ticker?interval=100", hear=12))


def test_a_client_that_is_gone_is_counted_off():
    with serving() as server:
        with connect(f"{server.ws}/echo"):
            assert metrics(server)["ws101_connections"] == 2
        eventually(lambda: metrics(server)["ws101_connections"] == 1, "the connection is over")
        assert metrics(server)['ws101_closed_total{code="1000"}'] == 1


def test_metrics_are_for_this_machine():
    with serving("--no-metrics") as server:
        assert http("GET", f"{server.http}/metrics")[0] == 404
    with serving() as server:
        assert http("GET", f"{server.http}/metrics", {"Host": "rebound.example"})[0] == 403


def test_metrics_count_what_happens():
    with serving() as server:
        assert opened(attempt("python", f"{server.ws}/echo", say=["hello", "you"]))
        attempt("python", f"{server.ws}/nothing")
        told = metrics(server)
        assert told["ws101_messages_received_total"] == told["ws101_messages_sent_total"] == 2
        assert told["ws101_received_bytes_total"] == told["ws101_sent_bytes_total"] == 8
        assert told["ws101_accepted_total"] == 1 and told['ws101_refused_total{status="404"}'] == 1
        assert told["process_resident_memory_bytes"] > 1 << 20
