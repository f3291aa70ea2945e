"""How much a client may send: each limit with clients that others wrote, and the twin without it."""

import contextlib
import json

import pytest
from attempts import KINDS, attempt, opened, serving
from programs import ws101
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["op"],
    "additionalProperties": False,
    "properties": {"op": {"enum": ["buy", "sell"]}, "amount": {"type": "integer", "minimum": 1, "maximum": 1000}},
}


@pytest.fixture
def schema(tmp_path):
    file = tmp_path / "order.schema.json"
    file.write_text(json.dumps(SCHEMA))
    return file


@pytest.mark.parametrize("kind", KINDS)
def test_messages_must_meet_the_schema(kind, schema):
    good = '{"op":"buy","amount":3}'
    with serving("--schema", schema) as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=[good]), [good])
        for bad, code, reason in (
            ('{"op":"steal"}', 1008, "/op must be one of the values that are allowed"),
            ('{"op":"buy","amount":0}', 1008, "/amount must be at least 1"),
            ('{"op":"buy","admin":true}', 1008, "/admin must not be there"),
            ("[]", 1008, "the message must be object, is array"),
            ('{"op":"buy"', 1007, "no JSON: byte 11: the object is not closed"),
        ):
            refused = attempt(kind, f"{server.ws}/echo", say=[bad], stay=True)
            assert refused["close"] == [code, reason] and refused["heard"] == []
    with serving("--schema", schema, "--faulty", "schema-unchecked") as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=["[]"]), ["[]"])


def test_binary_is_no_json(schema):
    with serving("--schema", schema) as server, connect(f"{server.ws}/echo") as ws:
        ws.send(b"{}")
        with pytest.raises(ConnectionClosed) as closed:
            ws.recv(timeout=30)
        assert closed.value.rcvd.code == 1003


@pytest.mark.parametrize(
    ("text", "word"),
    [('{"properties":{"a":{"pattern":"a+"}}}', "/properties/a/pattern: pattern is not supported"), ("{", "no JSON"), (None, "cannot read")],
)
def test_a_schema_that_cannot_be_enforced(tmp_path, text, word):
    file = tmp_path / "schema.json"
    if text:
        file.write_text(text)
    said = ws101("serve", "--listen", "127.0.0.1:0", "--schema", file, status=2 if text else 3).stderr.decode()
    assert word in said


@pytest.mark.parametrize("kind", KINDS)
def test_rate(kind):
    texts = [str(number) for number in range(20)]
    with serving("--rate", "2", "--burst", "10") as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=texts[:10]), texts[:10])
        refused = attempt(kind, f"{server.ws}/echo", say=texts, stay=True)
        assert refused["close"] == [1008, "more than 2 messages a second"] and len(refused["heard"]) in (10, 11)
    with serving("--rate", "2", "--burst", "10", "--faulty", "rate-unlimited") as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=texts), texts)


def test_pings_count_as_well():
    with serving("--rate", "1", "--burst", "5") as server, connect(f"{server.ws}/echo") as ws:
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(10):
                ws.ping()
            ws.recv(timeout=30)
        assert closed.value.rcvd.code == 1008


@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_message(kind):
    with serving("--max-message", "1000") as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=["x" * 1000]), ["x" * 1000])
        assert attempt(kind, f"{server.ws}/echo", say=["x" * 1001], stay=True)["close"][0] == 1009
    long = "x" * 900_000
    with serving("--max-message", "1000", "--faulty", "message-unlimited") as server:
        assert opened(attempt(kind, f"{server.ws}/echo", say=[long]), [long])


def test_fragments():
    def send(server):
        with connect(f"{server.ws}/echo", max_size=None) as ws:
            ws.send(["x"] * 300)
            return ws.recv(timeout=30)

    with serving("--max-fragments", "300") as server:
        assert send(server) == "x" * 300
    with serving("--max-fragments", "50") as server, pytest.raises(ConnectionClosed) as closed:
        send(server)
    assert closed.value.rcvd.code == 1009
    with serving("--max-fragments", "50", "--faulty", "fragments-unlimited") as server:
        assert send(server) == "x" * 300


def test_connections():
    def open_three(server):
        with contextlib.ExitStack() as stack:
            for _ in range(3):
                stack.enter_context(connect(f"{server.ws}/echo"))

    with serving("--max-connections", "2") as server, pytest.raises(InvalidStatus) as refused:
        open_three(server)
    assert refused.value.response.status_code == 503
    with serving("--max-connections", "2", "--faulty", "connections-unlimited") as server:
        open_three(server)
