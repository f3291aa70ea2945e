"""The proxy between programs that others wrote: plain HTTP, and a client that does not read."""

import http.client
import os
import sys

import pytest
from programs import WS101, eventually, free_port, running
from test_bad_input import accept_of, hostile_server, peak_megabytes, raw_connection


def test_requests_that_are_no_upgrade_pass_too(tmp_path):
    body = os.urandom(300_000)
    (tmp_path / "page.bin").write_bytes(body)
    upstream, listen = free_port(), free_port()
    with running([sys.executable, "-m", "http.server", "--bind", "127.0.0.1", upstream], upstream, cwd=tmp_path):
        command = [WS101, "proxy", "--listen", f"127.0.0.1:{listen}", "--to", f"ws://127.0.0.1:{upstream}"]
        with running(command, listen):
            for path, status, expected in (("/page.bin", 200, body), ("/missing", 404, None)):
                connection = http.client.HTTPConnection("127.0.0.1", listen, timeout=30)
                connection.request("GET", path)
                answer = connection.getresponse()
                received = answer.read()
                assert answer.status == status
                assert expected is None or received == expected
                connection.close()


@pytest.mark.parametrize("record", [True, False])
def test_a_client_that_does_not_read_slows_the_server(tmp_path, record):
    """What the server can send ends with the buffers on the way, and the proxy's memory does not grow."""
    sent = []

    def flood(peer):
        key = peer.recv(65536).decode().partition("Sec-WebSocket-Key: ")[2].split()[0]
        peer.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + f"Sec-WebSocket-Accept: {accept_of(key)}\r\n\r\n".encode()
        )
        frame = b"\x82\x7e\xff\xff" + bytes(65535)
        peer.settimeout(3)
        try:
            while True:
                peer.sendall(frame)
                sent.append(len(frame))
        except TimeoutError:
            sent.append(None)
        except OSError:
            pass

    with hostile_server(flood) as upstream:
        listen = free_port()
        command = [WS101, "proxy", "--listen", f"127.0.0.1:{listen}", "--to", f"ws://127.0.0.1:{upstream}"]
        if record:
            command += ["--record", tmp_path / "slow.pcapng"]
        with running(command, listen) as proxy, raw_connection(listen):
            eventually(lambda: sent and sent[-1] is None, "the server cannot send any more")
            assert sum(filter(None, sent)) < 64 << 20
            assert peak_megabytes(proxy) < 100
