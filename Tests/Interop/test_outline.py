"""The course's own programs, run for real and linted: the good example, the bad one, and a server with every practice,
of which each in turn is left out."""

import asyncio
import json
import pathlib
import subprocess

import pytest
import websockets
from programs import WS101, environment, free_port, running, ws101

OUTLINE = pathlib.Path(__file__).parent / "outline"
BEARER = {"Authorization": "Bearer ada-token"}


def lint(*arguments):
    """The codes of what is found, each with its messages."""
    ended = ws101("lint", *arguments, "--format", "json", "--fail-on", "never")
    found = {}
    for finding in json.loads(ended.stdout)["findings"]:
        found.setdefault(finding["rule"], []).append(finding)
    return found


def node(program, *arguments, port=None):
    return running(["node", OUTLINE / program, *arguments], port)


class Recorded:
    """A server behind a proxy that records; what is linted is the recording."""

    def __init__(self, tmp_path, program, *arguments):
        self.upstream, self.port = free_port(), free_port()
        self.file = tmp_path / "session.pcapng"
        self.server = node(program, self.upstream, *arguments, port=self.upstream)
        self.proxy = running(
            [WS101, "proxy", "--listen", f"127.0.0.1:{self.port}", "--to", f"ws://127.0.0.1:{self.upstream}"]
            + ["--record", self.file],
            self.port,
        )

    def __enter__(self):
        self.server.__enter__()
        self.proxy.__enter__()
        return self

    def __exit__(self, *error):
        self.proxy.__exit__(*error)
        self.server.__exit__(*error)

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/chat"


def probe(program, *arguments, options=()):
    port = free_port()
    with node(program, port, *arguments, port=port):
        return lint(f"ws://127.0.0.1:{port}/chat", *options)


def test_the_good_example():
    """An echo server of ten lines: right as far as it goes, and not enough."""
    source = lint(OUTLINE / "echo.js")
    assert {"S01", "L01", "M01", "M06"} <= source.keys()
    running_server = probe("echo.js")
    assert {"S01", "M01", "M06"} <= running_server.keys()


def test_the_good_example_in_traffic(tmp_path):
    configuration = tmp_path / "ws101.yml"
    configuration.write_text("rules:\n  L01: {age: 3s, gap: 2s}\n")
    with Recorded(tmp_path, "echo.js") as recorded:

        async def talk():
            async with websockets.connect(recorded.url, ping_interval=None) as ws:
                await ws.send("hello")
                assert await ws.recv() == "Echo: hello"
                await asyncio.sleep(4)
                await ws.send("still there?")
                await ws.recv()

        asyncio.run(talk())
    assert "L01" in lint(recorded.file, "--config", configuration)


def test_the_bad_example(tmp_path):
    """CRUD over a WebSocket."""
    with Recorded(tmp_path, "crud.js") as recorded:
        subprocess.run(
            ["node", OUTLINE / "crud-client.js", recorded.url], env=environment(), check=True, timeout=60
        )
    found = lint(recorded.file)
    assert {"U01", "S01"} <= found.keys()
    assert "CRUD" in found["U01"][0]["message"]
    assert {"S01", "D01"} <= probe("crud.js").keys()
    assert {"S01", "L01", "M01", "D01"} <= lint(OUTLINE / "crud.js").keys()


# The five security practices, and the five mistakes.

AUTHORISED = ("-H", "Authorization: Bearer ada-token")
MESSAGES = ("--message", '{"type":"say","text":"{fill}"}', "--heavy", '{"type":"report"}')


@pytest.mark.parametrize(
    "practice, rule",
    [
        ("auth", "S01"),
        ("validate", "D01"),
        ("rate", "M04"),
        ("origin", "S03"),
        ("worker", "L04"),
    ],
)
def test_a_practice_left_out_is_found_by_the_probe(practice, rule):
    options = (*AUTHORISED, "--select", rule, *MESSAGES)
    assert rule not in probe("practice.js", options=options)
    assert rule in probe("practice.js", "--without", practice, options=options)


def test_backpressure():
    """Without the rate limit, which would end the flood before it piles up."""
    options = (*AUTHORISED, "--select", "M06", *MESSAGES)
    assert "M06" not in probe("practice.js", "--without", "rate", options=options)
    assert "M06" in probe("practice.js", "--without", "rate", "--without", "backpressure", options=options)


def record(tmp_path, talk, *arguments):
    with Recorded(tmp_path, "practice.js", *arguments) as recorded:
        asyncio.run(talk(recorded.url))
    return recorded.file


@pytest.mark.parametrize("is_faulty", [True, False])
def test_authorisation_of_each_message(tmp_path, is_faulty):
    async def talk(url):
        async with websockets.connect(url, additional_headers=BEARER) as ws:
            for account in ("ada", "grace", "ada", "grace"):
                await ws.send(json.dumps({"type": "account", "account": account}))
                await ws.recv()

    found = lint(record(tmp_path, talk, *(("--without", "authorise") if is_faulty else ())), "--pedantic")
    assert ("S09" in found) == is_faulty


@pytest.mark.parametrize("is_faulty", [True, False])
def test_heartbeats(tmp_path, is_faulty):
    configuration = tmp_path / "ws101.yml"
    configuration.write_text("rules:\n  L01: {age: 4s, gap: 3s}\n")

    async def talk(url):
        async with websockets.connect(url, additional_headers=BEARER, ping_interval=None) as ws:
            await ws.send('{"type":"say","text":"hello"}')
            await ws.recv()
            await asyncio.sleep(5)
            await ws.send('{"type":"say","text":"still there?"}')
            await ws.recv()

    file = record(tmp_path, talk, *(("--without", "heartbeat") if is_faulty else ()))
    assert ("L01" in lint(file, "--config", configuration)) == is_faulty


@pytest.mark.parametrize("is_faulty", [True, False])
def test_a_connection_for_each_request(tmp_path, is_faulty):
    """A WebSocket for what is asked now and then, against one that is kept."""

    async def talk(url):
        count = 6 if is_faulty else 1
        for _ in range(count):
            async with websockets.connect(url, additional_headers=BEARER) as ws:
                for _ in range(6 // count):
                    await ws.send('{"type":"say","text":"hello"}')
                    await ws.recv()

    assert ("U05" in lint(record(tmp_path, talk))) == is_faulty


def test_tls(tmp_path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "tls").mkdir()
    client = 'const WebSocket = require("ws");\nconst ws = new WebSocket("{}://chat.example/room");\n'
    (tmp_path / "plain/client.js").write_text(client.replace("{}", "ws"))
    (tmp_path / "tls/client.js").write_text(client.replace("{}", "wss"))
    assert "S06" in lint(tmp_path / "plain")
    assert "S06" not in lint(tmp_path / "tls")
