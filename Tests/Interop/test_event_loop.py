"""Work on the event loop stalls everybody; beside it, nobody."""

import threading
import time

from attempts import metrics, serving
from programs import eventually
from websockets.sync.client import connect

WORK = 1500


def slowest_pong(server):
    """While one connection has the server work, the longest that another's Ping takes, in seconds; and what the work told."""
    with connect(f"{server.ws}/work") as busy, connect(f"{server.ws}/echo") as other:
        told, slowest = [], 0.0
        busy.send(str(WORK))
        waiting = threading.Thread(target=lambda: told.append(busy.recv(timeout=60)))
        waiting.start()
        while waiting.is_alive():
            start = time.monotonic()
            assert other.ping().wait(timeout=60)
            slowest = max(slowest, time.monotonic() - start)
            time.sleep(0.01)
        return slowest, told[0]


def test_work_beside_the_event_loop_stalls_nobody():
    with serving() as server:
        slowest, told = slowest_pong(server)
        assert slowest < WORK / 1000 * 0.8 and '"on":"another thread"' in told
        assert metrics(server)["ws101_event_loop_lag_seconds"] < WORK / 1000 * 0.8


def test_work_on_the_event_loop_stalls_everybody_and_that_is_measured():
    with serving("--faulty", "blocks-event-loop") as server:
        slowest, told = slowest_pong(server)
        assert slowest > WORK / 1000 * 0.9 and '"on":"the event loop"' in told
        # The tick that came too late is at most a quarter of a second off.
        stalled = WORK / 1000 - 0.26
        eventually(lambda: metrics(server)["ws101_event_loop_lag_seconds"] > stalled, "the stall is in the numbers")


def test_what_is_no_work():
    with serving() as server, connect(f"{server.ws}/work") as ws:
        for nonsense in ("", "soon", "-1", "100000"):
            ws.send(nonsense)
            assert "milliseconds" in ws.recv(timeout=30)
        ws.send("1")
        assert '"worked":' in ws.recv(timeout=30)
