"""Recordings and captures: others read ours, we read others', and what was cut off opens as far as it goes."""

import contextlib
import signal
import struct

import pytest
import shown
from conversation import STEPS
from programs import WS101, eventually, free_port, running, stop, talk, text, ws101
from test_peers import tapped, teaching_server
from tshark import tshark


@contextlib.contextmanager
def capture(tool, file, port):
    """tcpdump or tshark listens on the loopback interface; skips where this machine does not allow that."""
    command = {
        "tcpdump": ["tcpdump", "-i", "lo", "-U", "--immediate-mode", "-B", "65536", "-w", file, f"tcp port {port}"],
        "tshark": ["tshark", "-i", "lo", "-B", "64", "-w", file, "-f", f"tcp port {port}"],
    }[tool]
    with running(command) as process:
        said = lambda: text(process.complained)
        eventually(lambda: "listening on" in said() or "Capture started" in said() or process.poll(), "a capture")
        if process.poll() is not None:
            pytest.skip(f"{tool} may not capture here: {said().strip()}")
        yield process


@pytest.mark.parametrize("compression", ["plain", "deflate"])
@pytest.mark.parametrize("tool", ["tcpdump", "tshark"])
def test_a_capture_shows_the_same_events(tmp_path, tool, compression):
    recording, captured = tmp_path / "ours.pcapng", tmp_path / "theirs.pcap"
    with teaching_server(recording) as listen:
        with capture(tool, captured, listen), tapped(listen) as wire:
            talk("python", f"ws://127.0.0.1:{wire.port}/", compression, STEPS)
            # The capture is complete when it has the end of the connection.
            eventually(lambda: shown.ended(captured), "the capture has both FINs")
    ours, theirs = shown.events(recording), shown.events(captured)
    assert shown.frames(ours) == shown.frames(theirs) == wire.frames()
    assert shown.essence(ours) == shown.essence(theirs)


def test_tshark_finds_nothing_wrong_with_a_recording(tmp_path):
    """An upgrade, frames, the close, FIN: all as tshark wants them, no malformed packet, no sequence gap."""
    recording = tmp_path / "ours.pcapng"
    with teaching_server(recording) as listen:
        talk("node", f"ws://127.0.0.1:{listen}/", "plain", STEPS)
    assert len(tshark(recording, "-Y", "http.upgrade || http.response.code == 101")) >= 2
    assert len(tshark(recording, "-Y", "tcp.flags.syn == 1")) == 2
    assert len(tshark(recording, "-Y", "tcp.flags.fin == 1")) == 2
    assert tshark(recording, "-Y", "_ws.malformed || tcp.analysis.flags || _ws.expert.severity == error") == []


def test_a_recording_survives_kill(tmp_path):
    recording, listen = tmp_path / "killed.pcapng", free_port()
    command = [WS101, "serve", "--listen", f"127.0.0.1:{listen}", "--scenario", "echo", "--record", recording]
    with running(command, listen) as server, tapped(listen) as wire:
        talk("python", f"ws://127.0.0.1:{wire.port}/", "plain", STEPS)
        eventually(lambda: shown.ended(recording), "the recording has the conversation while it is being written")
        stop(server, signal.SIGKILL)
    assert shown.frames(shown.events(recording)) == wire.frames()


def test_a_recording_that_is_cut_off_opens_up_to_its_last_whole_block(tmp_path):
    whole, cut = tmp_path / "whole.pcapng", tmp_path / "cut.pcapng"
    with teaching_server(whole) as listen:
        talk("python", f"ws://127.0.0.1:{listen}/", "deflate", STEPS[:5] + STEPS[-1:])
    recorded = whole.read_bytes()
    everything = shown.of_kind(shown.events(whole), "frame")
    previous = 0
    for size in sorted({*range(0, len(recorded), 97), *block_ends(recorded)}):
        cut.write_bytes(recorded[:size])
        if size < block_ends(recorded)[0]:
            assert ws101("show", cut, status=3).stderr
            continue
        frames = shown.of_kind(shown.events(cut), "frame")
        assert frames == everything[: len(frames)], f"cut at {size}"
        assert len(frames) >= previous, f"cut at {size}"
        previous = len(frames)
    assert previous == len(everything)


def block_ends(recorded):
    """Where each block of a pcapng file ends: type, total length, body, total length again."""
    ends, at = [], 0
    while at < len(recorded):
        at += struct.unpack_from("<I", recorded, at + 4)[0]
        ends.append(at)
    return ends
