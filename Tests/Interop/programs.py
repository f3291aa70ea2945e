"""Starts and stops the programs the tests are about, each for a bounded time."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parents[2]
WS101 = os.environ.get("WS101", str(ROOT / ".build/release/ws101"))
PEERS = pathlib.Path(__file__).parent / "peers"
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ws101(*arguments, status=0, **options):
    """Runs a command to its end and checks its exit status; tells what it printed."""
    options = {"stdin": subprocess.DEVNULL, "timeout": PATIENCE} | options
    if "input" in options:
        del options["stdin"]
    ended = subprocess.run([WS101, *map(str, arguments)], capture_output=True, **options)
    said = f"{ended.stdout[-2000:]!r} {ended.stderr[-2000:]!r}"
    assert ended.returncode == status, f"ws101 {arguments}: status {ended.returncode}, expected {status}: {said}"
    return ended


@contextlib.contextmanager
def running(command, port=None, **options):
    """A program that runs until the block ends; where a port is given, it listens there first."""
    # Into files: nobody reads while it runs, and a pipe would fill up.
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complained:
        options = {"stdin": subprocess.DEVNULL, "stdout": printed, "stderr": complained} | options
        process = subprocess.Popen([str(word) for word in command], env=environment(), **options)
        process.printed, process.complained = printed, complained
        try:
            if port:
                wait_for_port(port, process)
            yield process
        finally:
            stop(process)


def environment():
    return os.environ | {"NODE_PATH": "/usr/share/nodejs"}


def wait_for_port(port, process):
    def listens():
        assert process.poll() is None, f"{process.args}: status {process.returncode}: {text(process.complained)}"
        # Looked up, not tried: a connection of ours would be part of what is recorded.
        with open("/proc/net/tcp") as table:
            rows = [line.split() for line in table]
        return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)

    eventually(listens, f"{process.args} listens on {port}")


def eventually(condition, what, patience=PATIENCE):
    """Waits until the condition holds, and tells its value; the bound only decides how long a failure takes."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"still not after {patience} s: {what}")


def stop(process, how=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def peer_server(kind, port, compression):
    return running([*interpreter(kind, "server"), port, compression], port)


def talk(kind, url, compression, steps):
    """Holds a conversation as a client that others wrote; tells what it received, a value a line."""
    ended = subprocess.run(
        [*interpreter(kind, "client"), url, compression],
        input=json.dumps(steps),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def interpreter(kind, role):
    return {"python": [sys.executable, PEERS / f"{role}.py"], "node": ["node", PEERS / f"{role}.js"]}[kind]


def lines(process):
    """What a program has printed so far, a JSON value a line."""
    return [json.loads(line) for line in text(process.printed).splitlines()]


def text(file):
    return os.pread(file.fileno(), 1 << 26, 0).decode(errors="replace")
