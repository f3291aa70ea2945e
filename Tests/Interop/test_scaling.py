"""Nodes that share rooms through a real Redis, HAProxy in front of them, and the labs that show it."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import xml.etree.ElementTree

import pytest
from programs import WS101, environment, eventually, free_port, running, stop, text, ws101
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


@contextlib.contextmanager
def redis(port=None, *options):
    port = port or free_port()
    command = ["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *options]
    with running(command, port) as process:
        process.port = port
        yield process


@contextlib.contextmanager
def node(name, broker=None, *options):
    port = free_port()
    command = [WS101, "serve", "--listen", f"127.0.0.1:{port}", "--node", name, *options]
    with running([*command, *(["--broker", f"redis://127.0.0.1:{broker}"] if broker else [])], port) as process:
        process.port = port
        yield process


@pytest.fixture(scope="module", autouse=True)
def idle():
    """A node without a client, whose broker is quiet, for as long as all the other tests take."""
    with redis() as broker, node("idle", broker.port) as server:
        yield server


def url(process, path):
    return f"ws://127.0.0.1:{process.port}{path}"


def presence(client, members):
    """Waits until so many members are told."""
    while True:
        value = json.loads(client.recv(timeout=30))
        if value.get("presence", {}).get("members") == members:
            return value["presence"]


def word(client):
    return json.loads(client.recv(timeout=30))


def test_rooms_and_presence_are_shared():
    with redis() as broker, node("a", broker.port) as a, node("b", broker.port) as b, node("c", broker.port) as c:
        with connect(url(a, "/chat/x?presence")) as one, connect(url(b, "/chat/x")) as two, connect(url(c, "/chat/x")) as three:
            assert presence(one, 3)["nodes"] == {"a": 1, "b": 1, "c": 1}
            with connect(url(b, "/chat/other")) as elsewhere:
                one.send("hello – grüß")
                assert two.recv(timeout=30) == three.recv(timeout=30) == "hello – grüß"
                three.send(b"\x00\xff")
                assert two.recv(timeout=30) == b"\x00\xff" == one.recv(timeout=30)
                with pytest.raises(TimeoutError):
                    elsewhere.recv(timeout=0.2)


def test_a_killed_node_takes_its_members_with_it():
    with redis() as broker, node("a", broker.port) as a, node("b", broker.port) as b:
        with connect(url(a, "/chat/x?presence")) as one, connect(url(b, "/chat/x")) as two:
            presence(one, 2)
            stop(b, signal.SIGKILL)
            assert presence(one, 1)["nodes"] == {"a": 1}
            with pytest.raises(ConnectionClosed):
                two.recv(timeout=30)


def test_without_a_broker_each_node_is_alone():
    with node("a") as a, node("b") as b:
        with connect(url(a, "/chat/x")) as one, connect(url(b, "/chat/x")) as two:
            one.send("hello")
            with pytest.raises(TimeoutError):
                two.recv(timeout=0.3)


def test_numbers_go_on_at_another_node():
    with redis() as broker, node("a", broker.port) as a, node("b", broker.port) as b:
        with connect(url(a, "/resume/x")) as one:
            assert word(one) == {"node": "a"}
            seqs = []
            for number in range(3):
                one.send(json.dumps({"say": f"{number} ü", "id": f"i{number}"}))
                seqs += [answer["seq"] for answer in (word(one), word(one)) if "ack" in answer]
            assert [int(seq.split("-")[1]) for seq in seqs] == [1, 2, 3]
        with connect(url(b, f"/resume/x?after={seqs[0]}")) as again:
            assert word(again) == {"node": "b", "at": seqs[2]}
            assert [word(again), word(again)] == [{"seq": seqs[1], "text": "1 ü"}, {"seq": seqs[2], "text": "2 ü"}]
            # Said again under the same id, as after a lost acknowledgement: stored once.
            again.send(json.dumps({"say": "2 ü", "id": "i2"}))
            assert word(again) == {"ack": "i2", "seq": seqs[2]}


def test_a_broker_that_vanishes_is_told_and_comes_back():
    with redis() as broker, node("a", broker.port) as a, node("b", broker.port) as b:
        with connect(url(a, "/chat/x?presence")) as one, connect(url(a, "/chat/x")) as near, connect(url(b, "/chat/x")) as far:
            presence(one, 3)
            stop(broker, signal.SIGKILL)
            eventually(lambda: "lost: " in text(a.complained) and "lost: " in text(b.complained), "the nodes say so")
            one.send("alone")
            assert near.recv(timeout=30) == "alone"
            with connect(url(b, "/resume/x")) as writer:
                with redis(broker.port):
                    assert word(far)["gap"]["milliseconds"] > 0
                    assert "gap" in word(near)
                    assert re.search(r"back after \d+ ms, \d+ topics subscribed again", text(a.complained))
                    presence(one, 3)
                    one.send("together")
                    assert far.recv(timeout=30) == near.recv(timeout=30) == "together"
                    # Of the journal there was nothing yet: the welcome had to wait for the broker.
                    assert word(writer) == {"node": "b"}


def test_a_broker_with_a_password():
    with redis(None, "--requirepass", "s3cret") as broker:
        refused = ws101("serve", "--listen", "0", "--broker", f"redis://127.0.0.1:{broker.port}", status=3)
        assert b"NOAUTH" in refused.stderr and b"WS101_BROKER_PASSWORD" in refused.stderr
        port = free_port()
        command = [WS101, "serve", "--listen", f"127.0.0.1:{port}", "--broker", f"redis://127.0.0.1:{broker.port}"]
        process = subprocess.Popen(command, env=environment() | {"WS101_BROKER_PASSWORD": "s3cret"}, stderr=subprocess.PIPE)
        try:
            assert b"connected" in process.stderr.readline()
            assert b"serving" in process.stderr.readline()
        finally:
            stop(process)
            process.stderr.close()


@pytest.mark.parametrize("arguments, status, said", [
    (["--broker", "redis://127.0.0.1:{free}"], 3, "redis-server --port"),
    (["--broker", "nats://127.0.0.1"], 2, "redis://HOST:PORT"),
    (["--broker", "redis://:s3cret@127.0.0.1"], 2, "WS101_BROKER_PASSWORD"),
    (["--node", "a b"], 2, "node's name"),
    (["--drain", "-1"], 2, "--drain"),
    (["--room-members", "0"], 2, "--room-members"),
])
def test_what_cannot_be_is_said(arguments, status, said):
    ended = ws101("serve", "--listen", "0", *(word.format(free=free_port()) for word in arguments), status=status)
    assert said in ended.stderr.decode() and "s3cret" not in ended.stderr.decode()


def test_what_is_no_redis_is_no_broker():
    with node("a") as server:
        ended = ws101("serve", "--listen", "0", "--broker", f"redis://127.0.0.1:{server.port}", status=3)
        assert "cannot reach the broker" in ended.stderr.decode()


def test_a_drained_node_tells_1012():
    with node("a", None, "--drain", "0.5") as server, connect(url(server, "/echo")) as client:
        server.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            client.recv(timeout=30)
        assert closed.value.rcvd.code == 1012
        assert server.wait(timeout=30) == 0


@pytest.mark.parametrize("balance", ["least", "sticky", "room"])
def test_haproxy_takes_the_configuration(tmp_path, balance):
    nodes = ["--to", "127.0.0.1:9001", "--to", "127.0.0.1:9002"]
    file = tmp_path / "haproxy.cfg"
    file.write_bytes(ws101("lab", "scale", "--haproxy", balance, *nodes).stdout)
    haproxy = shutil.which("haproxy") or "/usr/sbin/haproxy"
    checked = subprocess.run([haproxy, "-c", "-f", file], capture_output=True, text=True)
    assert checked.returncode == 0 and "WARNING" not in checked.stderr, checked.stderr


def test_lab_scale():
    report = json.loads(ws101("lab", "scale", "--json", timeout=120).stdout)
    assert report["passed"] and len(report["acts"]) == 7
    assert all(check["passed"] for act in report["acts"] for check in act["checks"])
    assert sum(act["figures"].get("holes", 0) for act in report["acts"]) == 0


@pytest.mark.parametrize("there, missing", [([], "redis-server"), (["redis-server"], "haproxy")])
def test_lab_scale_says_what_is_missing(tmp_path, there, missing):
    for name in there:
        (tmp_path / name).symlink_to(shutil.which(name))
    ended = ws101("lab", "scale", status=4, env=os.environ | {"PATH": str(tmp_path)})
    assert f"sudo apt-get install {missing}" in ended.stderr.decode() and not ended.stdout


def test_a_lab_that_is_interrupted_leaves_nothing_behind():
    process = subprocess.Popen([WS101, "lab", "scale"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        while b"Redis Pub/Sub" not in process.stdout.readline():
            pass
        # The next line is about clients on nodes that run by then.
        process.stdout.readline()
        assert len(children(process.pid)) >= 4
        started = children(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert not [child for child in started if os.path.exists(f"/proc/{child}")]
    finally:
        stop(process, signal.SIGKILL)
        process.stdout.close()
        process.stderr.close()


def children(process):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True)
    return [int(word) for word in listed.stdout.split()]


def test_lab_plan():
    plan = json.loads(ws101("lab", "scale", "--plan", "--connections", "300", "--json").stdout)
    assert 0 < plan["measured"]["process"] < 65536 and plan["measured"]["delivery"] > 0 and plan["nodes"] == 22


def test_lab_compare(tmp_path):
    picture = tmp_path / "compare.svg"
    options = ["--events", "20", "--clients", "5", "--gap", "50", "--json", "--svg", picture]
    report = json.loads(ws101("lab", "compare", *options).stdout)
    rows = {row["transport"]: row for row in report["transports"]}
    assert set(rows) == {"websocket", "sse", "long-polling", "short-polling"}
    assert all(row["heard"] == row["expected"] == 100 for row in rows.values())
    assert rows["websocket"]["requests"] == rows["sse"]["requests"] == 5 < rows["long-polling"]["requests"]
    assert rows["websocket"]["bytesSent"] < rows["sse"]["bytesSent"]
    # A short poll is late by half of its interval, on average.
    assert rows["short-polling"]["p50"] > rows["websocket"]["p50"]
    assert report["crud"][0]["http"]["answers"] == ["200 OK", "304 Not Modified", "304 Not Modified"]
    assert xml.etree.ElementTree.parse(picture).getroot().tag.endswith("svg")


def test_lab_storm():
    options = ["--clients", "60", "--outage", "300", "--capacity", "200", "--limit", "4", "--json"]
    report = json.loads(ws101("lab", "storm", *options, "--policy", "fixed", "--policy", "full-jitter").stdout)
    fixed, jitter = report["policies"]
    assert (fixed["policy"], jitter["policy"]) == ("fixed", "full-jitter")
    for policy in report["policies"]:
        assert policy["total"] == sum(policy["attempts"]) and policy["back"] == sum(policy["accepted"])
    assert jitter["back"] == 60 and jitter["allBackAfterMilliseconds"] >= 300


@pytest.mark.parametrize("arguments", [
    ["lab", "scale", "--nodes", "1"], ["lab", "scale", "--haproxy", "least"], ["lab", "scale", "--to", "1"],
    ["lab", "compare", "--events", "0"], ["lab", "storm", "--policy", "hope"], ["lab", "storm", "--clients", "5"],
    ["lab", "none"],
])
def test_wrong_use(arguments):
    ws101(*arguments, status=2)


def test_lab_alone_lists_the_labs():
    listed = ws101("lab").stdout.decode()
    assert all(f"ws101 lab {name} " in listed for name in ("scale", "compare", "storm"))


def test_a_picture_that_cannot_be_written():
    ended = ws101("lab", "compare", "--events", "1", "--clients", "1", "--gap", "1", "--svg", "/nowhere/x.svg", status=3)
    assert "/nowhere/x.svg" in ended.stderr.decode()


def test_a_quiet_broker_is_not_a_lost_one(idle):
    assert text(idle.complained).count("ws101: broker") == 1, text(idle.complained)
