"""Clients that others wrote try to connect, and tell what became of it."""

import contextlib
import json
import ssl
import subprocess
import urllib.error
import urllib.request

from programs import PATIENCE, PEERS, WS101, environment, free_port, running
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

KINDS = ["python", "node"]


@contextlib.contextmanager
def serving(*options, **more):
    """`ws101 serve` with these options; tells its process, whose `port` is where it listens."""
    port = free_port()
    with running([WS101, "serve", "--listen", f"127.0.0.1:{port}", *options], port, **more) as process:
        process.port = port
        process.ws = f"ws://127.0.0.1:{port}"
        process.http = f"http://127.0.0.1:{port}"
        yield process


def attempt(kind, url, *, headers=None, protocols=(), origin=None, ca=None, say=(), hear=None, stay=False):
    """What attempt.js describes, with the Python package websockets or Node's ws."""
    hear = len(say) if hear is None else hear
    asked = {"url": url, "headers": headers or {}, "protocols": list(protocols), "origin": origin, "ca": ca and str(ca)}
    asked |= {"say": list(say), "hear": hear, "stay": stay}
    return {"python": attempt_python, "node": attempt_node}[kind](asked)


def attempt_node(asked):
    ended = subprocess.run(
        ["node", PEERS / "attempt.js"], input=json.dumps(asked), env=environment(), capture_output=True, text=True, timeout=PATIENCE
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def attempt_python(asked):
    trust = {"ssl": ssl.create_default_context(cafile=asked["ca"])} if asked["url"].startswith("wss") else {}
    heard = []
    try:
        ws = connect(
            asked["url"],
            additional_headers=asked["headers"],
            subprotocols=asked["protocols"] or None,
            origin=asked["origin"],
            open_timeout=PATIENCE,
            **trust,
        )
    except InvalidStatus as refused:
        return {"status": refused.response.status_code}
    except ssl.SSLError as error:
        return {"error": error.reason}
    with ws:
        try:
            for text in asked["say"]:
                ws.send(text)
            while asked["stay"] or len(heard) < asked["hear"]:
                heard.append(ws.recv(timeout=PATIENCE))
            ws.close(1000)
            closed = ws.protocol.close_code, ws.protocol.close_reason
        except ConnectionClosed as ended:
            closed = (ended.rcvd.code, ended.rcvd.reason) if ended.rcvd else (1006, "")
        return {"protocol": ws.subprotocol or "", "heard": heard, "close": list(closed)}


def opened(outcome, heard=None):
    """Whether it was let in, and heard just that."""
    return "heard" in outcome and (heard is None or outcome["heard"] == heard)


def http(method, url, headers=None):
    """The status, the header fields and the text of an answer, redirects not followed."""
    request = urllib.request.Request(url, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def login(server, token="sesame"):
    """The cookie of a session, as a browser would send it back."""
    status, fields, _ = http("POST", f"{server.http}/login", bearer(token))
    assert status == 200
    return {"Cookie": fields["Set-Cookie"].split(";")[0]}


def ticket(server, token="sesame"):
    status, _, text = http("POST", f"{server.http}/ticket", bearer(token))
    assert status == 200
    return json.loads(text)["ticket"]


def metrics(server):
    """{name, with its labels: value} of /metrics."""
    status, fields, text = http("GET", f"{server.http}/metrics")
    assert status == 200 and fields["Content-Type"].startswith("text/plain; version=0.0.4")
    rows = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in rows}
