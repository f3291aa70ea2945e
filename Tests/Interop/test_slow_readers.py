"""Who reads too slowly: each queue policy keeps memory flat and the others served; the twin's memory grows."""

import concurrent.futures
import contextlib
import json
import threading
import time

import pytest
from attempts import metrics, serving
from programs import eventually
from test_bad_input import raw_connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

POLICIES = ["disconnect", "wait", "drop-oldest", "newest-per-topic"]
LIMIT = 256 << 10
MESSAGE = 32 << 10
# Far more than the kernel's buffers and the queue together.
MESSAGES = 600


def publish(server, count=MESSAGES, topic="price"):
    """What one sends to a room while one reads and one does not: how long each message took to the one who reads."""
    room = f"{server.ws}/chat/room"
    filler = "x" * (MESSAGE - 100)
    latencies = []
    with connect(room, compression=None) as reader, connect(room, compression=None) as writer:

        def read():
            with contextlib.suppress(ConnectionClosed):
                for text in reader:
                    latencies.append(time.monotonic() - json.loads(text)["at"])

        thread = threading.Thread(target=read)
        thread.start()
        for number in range(count):
            writer.send(json.dumps({"topic": topic, "number": number, "at": time.monotonic(), "filler": filler}))
        eventually(lambda: len(latencies) == count, "every message has come to the one who reads")
        told = metrics(server)
        reader.close()
        thread.join()
    return sorted(latencies), told


def p99(latencies):
    return latencies[int(len(latencies) * 0.99)]


@pytest.mark.parametrize("policy", POLICIES)
def test_memory_stays_flat_and_the_others_are_served(policy):
    with serving("--queue-policy", policy, "--max-queue", LIMIT, "--queue-patience", "1", "--no-compression") as server:
        publish(server, 50)
        before = metrics(server)["process_resident_memory_bytes"]
        with raw_connection(server.port, "/chat/room") as slow:
            latencies, told = publish(server)
            # Waits at most: the queue, and what is on its way to the system.
            assert told["ws101_queue_bytes_max"] < 5 * LIMIT + (4 << 20)
            assert told["process_resident_memory_bytes"] - before < 8 << 20
            if policy in ("disconnect", "wait"):
                assert told["ws101_too_slow_total"] == 1
            else:
                assert told[f'ws101_dropped_messages_total{{policy="{policy}"}}'] > 200
                assert told["ws101_too_slow_total"] == 0
            # A fast server may have to wait for the reader who does read, too.
            assert (told["ws101_held_total"] > 0) == (policy == "wait")
            assert told["ws101_fanout_seconds_count"] == MESSAGES + 50
            assert slow


def test_the_twin_keeps_everything():
    with serving("--faulty", "queue-unbounded", "--no-compression") as server:
        publish(server, 50)
        before = metrics(server)["process_resident_memory_bytes"]
        with raw_connection(server.port, "/chat/room"):
            publish(server)
            # The gauge is taken now and then.
            eventually(lambda: metrics(server)["ws101_queue_bytes_max"] > 8 << 20, "it waits in memory")
            assert metrics(server)["process_resident_memory_bytes"] - before > 8 << 20


def receive_rest(slow):
    """The texts that a client which reads late is still sent, and the code of the Close behind them."""
    slow.settimeout(2)
    received = b""
    with contextlib.suppress(TimeoutError):
        while chunk := slow.recv(1 << 20):
            received += chunk
            # The Close is the last frame: nothing comes behind it before it is answered.
    texts, place, code = [], 0, None
    while place < len(received):
        opcode, length, place = received[place] & 15, received[place + 1] & 127, place + 2
        if length == 126:
            length, place = int.from_bytes(received[place : place + 2], "big"), place + 2
        payload = received[place : place + length]
        place += length
        if opcode == 1:
            texts.append(json.loads(payload))
        elif opcode == 8:
            code = int.from_bytes(payload[:2], "big")
    return texts, code


@pytest.mark.parametrize("policy", POLICIES)
def test_what_the_slow_one_gets(policy):
    options = ["--queue-policy", policy, "--max-queue", LIMIT, "--queue-patience", "1", "--no-compression"]
    with serving(*options, "--ping-interval", "0") as server, raw_connection(server.port, "/chat/room") as slow:
        with concurrent.futures.ThreadPoolExecutor() as pool:
            published = pool.submit(publish, server)
            if policy in ("disconnect", "wait"):
                # He is told, and has ten seconds to read it.
                eventually(lambda: metrics(server)["ws101_too_slow_total"] == 1, "the slow one is let go")
            else:
                published.result()
            texts, code = receive_rest(slow)
            published.result()
        numbers = [text["number"] for text in texts]
        assert numbers == sorted(set(numbers)), "in their order, none twice"
        if policy in ("disconnect", "wait"):
            assert code == 1013 and numbers == list(range(len(numbers))) and len(numbers) < MESSAGES
        else:
            assert code is None and numbers[-1] == MESSAGES - 1, "the newest has come"
            assert len(numbers) < MESSAGES


def test_of_each_topic_the_newest():
    """Between what was on its way already and the end, one message of each topic."""
    options = ["--queue-policy", "newest-per-topic", "--max-queue", LIMIT, "--no-compression", "--ping-interval", "0"]
    with serving(*options) as server, raw_connection(server.port, "/chat/room") as slow:
        room = f"{server.ws}/chat/room"
        with connect(room, compression=None) as writer:
            for number in range(MESSAGES):
                writer.send(json.dumps({"topic": f"t{number % 3}", "number": number, "filler": "x" * (MESSAGE - 100)}))
            eventually(lambda: metrics(server)["ws101_messages_received_total"] == MESSAGES, "all have come")
        texts, _ = receive_rest(slow)
        assert [text["number"] for text in texts[-3:]] == list(range(MESSAGES - 3, MESSAGES))
        gaps = [after["number"] - before["number"] for before, after in zip(texts, texts[1:])]
        assert sum(gap > 1 for gap in gaps) == 1, "one gap, before the newest of each topic"


def test_a_writer_waits_for_a_reader_who_comes_back():
    """Under the policy wait nothing is lost where the slow one reads on in time."""
    count = 400
    with serving("--queue-policy", "wait", "--max-queue", LIMIT, "--queue-patience", "30", "--no-compression") as server:
        room = f"{server.ws}/chat/room"
        with connect(room, compression=None, max_queue=1) as slow, connect(room, compression=None) as writer:

            def write():
                for number in range(count):
                    writer.send(json.dumps({"number": number, "filler": "x" * (MESSAGE - 100)}))

            thread = threading.Thread(target=write)
            thread.start()
            eventually(lambda: metrics(server)["ws101_held_total"] >= 1, "the writer is held")
            assert [json.loads(slow.recv(timeout=30))["number"] for _ in range(count)] == list(range(count))
            thread.join()
            assert metrics(server)["ws101_too_slow_total"] == 0


def test_wrong_use_is_said():
    from programs import ws101

    said = ws101("serve", "--listen", "127.0.0.1:0", "--queue-policy", "hope", status=2).stderr.decode()
    assert all(policy in said for policy in POLICIES)
