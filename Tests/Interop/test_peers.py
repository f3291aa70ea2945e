"""Programs that others wrote talk through our proxy and to our server: what was on the wire is what we show."""

import contextlib

import pytest
import shown
from conversation import STEPS, pings, said
from programs import WS101, eventually, free_port, lines, peer_server, running, talk
from tap import Tap
from tshark import tshark_frames

KINDS = ["python", "node"]
COMPRESSIONS = ["plain", "deflate"]


@contextlib.contextmanager
def proxy_to(port, recording):
    listen = free_port()
    command = [WS101, "proxy", "--listen", f"127.0.0.1:{listen}", "--to", f"ws://127.0.0.1:{port}"]
    with running([*command, "--record", recording], listen):
        yield listen


@contextlib.contextmanager
def teaching_server(recording, *options):
    listen = free_port()
    command = [WS101, "serve", "--listen", f"127.0.0.1:{listen}", "--scenario", "echo", *options]
    with running([*command, "--record", recording], listen):
        yield listen


@contextlib.contextmanager
def tapped(port):
    tap = Tap(port)
    yield tap
    tap.close()


def check_conversation(heard, reason):
    """The client heard its own words, its pings answered, and its Close echoed (a reason need not be, §5.5.1)."""
    assert [value for value in heard if "text" in value or "bytes" in value] == list(said(STEPS))
    assert [value["pong"] for value in heard if "pong" in value] == pings(STEPS)
    assert heard[-1] == {"close": [4001, reason]}


def check_recording(recording, wire, port):
    """The recording holds the frames that were on the wire, for us and for tshark."""
    events = shown.events(recording)
    assert shown.frames(events) == wire
    spoken = list(said(STEPS))
    assert shown.messages(events, "client") == spoken
    assert shown.messages(events, "server") == spoken
    assert shown.violations(events) == []
    assert len(shown.round_trips(events)) == len(pings(STEPS))
    assert tshark_frames(recording, port) == [(frame.side, frame.opcode, frame.fin, len(frame.payload)) for frame in wire]


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("client", KINDS)
@pytest.mark.parametrize("server", KINDS)
def test_behind_our_proxy(tmp_path, server, client, compression):
    recording, port = tmp_path / "proxy.pcapng", free_port()
    with peer_server(server, port, compression) as peer, tapped(port) as behind:
        with proxy_to(behind.port, recording) as listen, tapped(listen) as before:
            heard = talk(client, f"ws://127.0.0.1:{before.port}/path?query=1", compression, STEPS)
            eventually(lambda: {"close": [4001, "bye – tschüß"]} in lines(peer), "the server saw the Close")
        assert [value for value in lines(peer) if "text" in value or "bytes" in value] == list(said(STEPS))
    check_conversation(heard, "bye – tschüß")
    assert ("permessage-deflate" in heard[0]["extensions"]) == (compression == "deflate")
    assert behind.connections == before.connections, "the proxy passes on what it received, byte for byte"
    check_recording(recording, before.frames(), behind.port)


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("client", KINDS)
def test_clients_of_our_server(tmp_path, client, compression):
    recording = tmp_path / "serve.pcapng"
    with teaching_server(recording) as listen, tapped(listen) as wire:
        heard = talk(client, f"ws://127.0.0.1:{wire.port}/echo", compression, STEPS)
    check_conversation(heard, "")
    assert ("permessage-deflate" in heard[0]["extensions"]) == (compression == "deflate")
    check_recording(recording, wire.frames(), listen)
