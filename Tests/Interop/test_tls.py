"""wss: served, proxied, verified; what was inside TLS is what is recorded, and marked so."""

import ssl
import subprocess

import pytest
import shown
from programs import WS101, free_port, running, ws101
from test_peers import teaching_server
from websockets.sync.client import connect


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost that nobody signed but its owner, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )
    return cert, key


def talk_tls(port, certificate):
    """A few words over wss with the Python package websockets, which verifies the certificate."""
    trust = ssl.create_default_context(cafile=certificate[0])
    with connect(f"wss://localhost:{port}/", ssl=trust) as ws:
        for message in ("hello", b"\x00\xff" * 40_000):
            ws.send(message)
            assert ws.recv() == message


def check_recording(recording):
    events = shown.events(recording)
    assert [event["tls"] for event in shown.of_kind(events, "opened")] == [True]
    assert shown.messages(events, "client") == [{"text": "hello"}, {"bytes": "00ff" * 40_000}]
    assert shown.messages(events, "server") == shown.messages(events, "client")
    assert shown.violations(events) == []


def test_our_server_speaks_wss(tmp_path, certificate):
    recording = tmp_path / "tls.pcapng"
    with teaching_server(recording, "--cert", certificate[0], "--key", certificate[1]) as listen:
        talk_tls(listen, certificate)
    check_recording(recording)


def test_the_proxy_speaks_wss_on_both_sides(tmp_path, certificate):
    recording, behind = tmp_path / "proxy.pcapng", tmp_path / "server.pcapng"
    with teaching_server(behind, "--cert", certificate[0], "--key", certificate[1]) as upstream:
        listen = free_port()
        command = [WS101, "proxy", "--listen", f"127.0.0.1:{listen}", "--to", f"wss://localhost:{upstream}"]
        own = ["--cert", certificate[0], "--key", certificate[1], "--trust", certificate[0], "--record", recording]
        with running([*command, *own], listen):
            talk_tls(listen, certificate)
    check_recording(recording)
    check_recording(behind)


def test_our_client_verifies_unless_told_otherwise(tmp_path, certificate):
    with teaching_server(tmp_path / "tls.pcapng", "--cert", certificate[0], "--key", certificate[1]) as listen:
        url = f"wss://localhost:{listen}/"
        refused = ws101("connect", url, input=b"hello\n", status=3).stderr.decode()
        assert "certificate" in refused.lower()
        for options in (["--insecure"], ["--trust", certificate[0]]):
            assert b"< hello\n" in ws101("connect", *options, url, input=b"hello\n").stdout


def test_a_client_that_speaks_plainly_to_a_tls_port(tmp_path, certificate):
    recording = tmp_path / "tls.pcapng"
    with teaching_server(recording, "--cert", certificate[0], "--key", certificate[1]) as listen:
        ws101("connect", f"ws://localhost:{listen}/", status=3)
        talk_tls(listen, certificate)
