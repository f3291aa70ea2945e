"""The probe against servers that others wrote, and ours: the verdicts are those of expected/probe.md.

`make verdicts` writes that table anew; a change of it is a change of what the lint says.
"""

import re
import socket
import threading

import pytest
from probed import CREDENTIALS, HEADING, TABLE, column, commands, is_there, probe, probe_all, served, table
from programs import WS101, free_port, running, ws101
from test_bad_input import complaint
from test_tls import certificate  # noqa: F401, a fixture


@pytest.fixture(scope="module")
def probed(tmp_path_factory):
    return probe_all(tmp_path_factory.mktemp("probe"))


def reports(probed):
    return {name: report for name, (report, _, _) in probed.items()}


def messages(report):
    return [f"{finding['rule']} {finding['message']}" for finding in report["findings"]]


@pytest.mark.parametrize("name", commands())
def test_verdicts(probed, name):
    found = column(table(reports(probed)), name)
    assert found == column(TABLE.read_text(), name), messages(probed[name][0])


@pytest.mark.parametrize("name", commands())
def test_the_budget_is_printed_and_kept(probed, name):
    _, lines, _ = probed[name]
    assert re.search(r": at most 100 connections \(60 at once\), 48 MiB sent, 120 s$", lines[0])
    used = re.fullmatch(r"used: (\d+) connections \((\d+) at once\), ([\d.]+) (KiB|MiB) sent, (\d+) s", lines[-1])
    assert used and int(used[1]) <= 100 and int(used[2]) <= 60
    assert used[4] == "KiB" or float(used[3]) <= 48


@pytest.mark.parametrize("name", [name for name in commands() if name != "ws, bare"])
def test_a_server_survives(probed, name):
    report, lines, is_still_there = probed[name]
    assert is_still_there
    assert not [line for line in lines if line.startswith("stopped")]


def test_a_hardened_server_has_nothing_to_mend(probed):
    """But for its library, which takes a length that is not minimal, RFC 6455 §5.2."""
    report, _, _ = probed["ws, hardened"]
    assert messages(report) == [
        "F12 after a length of 5 written in 16 bits (F07) the server goes on: it answers a Ping"
    ]


def test_the_probe_stops_where_a_server_dies(probed):
    """Without a listener for errors, one bad frame ends a Node process: the first one is enough."""
    report, lines, is_still_there = probed["ws, bare"]
    assert not is_still_there
    (stop,) = [line for line in lines if line.startswith("stopped")]
    assert re.fullmatch(r"stopped: after Closes with a bad body the server does not serve a new client: .*refused", stop)
    assert [finding["severity"] for finding in report["findings"] if "does not serve" in finding["message"]] == ["error"]


def test_what_node_finds_fatal_is_found(tmp_path):
    """JSON.parse without a guard: one message of one client ends the process."""
    server = """
        const WebSocket = require("ws");
        new WebSocket.Server({ host: "127.0.0.1", port: Number(process.argv[1]) }).on("connection", (ws) => {
          ws.on("error", () => {});
          ws.on("message", (body) => ws.send(JSON.stringify(JSON.parse(body))));
        });
    """
    port = free_port()
    with running(["node", "-e", server, port], port):
        url = f"ws://127.0.0.1:{port}/"
        report, lines = probe(url, "--select", "D01,D03,F12", folder=tmp_path)
        assert not is_there(url, [])
    assert [line for line in lines if line.startswith("stopped: after messages with bad content")]
    assert [finding["rule"] for finding in report["findings"]] == ["D01"]


def test_over_tls(tmp_path, certificate):  # noqa: F811
    port = free_port()
    files = ["--cert", certificate[0], "--key", certificate[1]]
    rules = ["--select", "S03,H01,L03,M01,M06,F12,C02"]
    with running([WS101, "serve", "--listen", f"127.0.0.1:{port}", *files], port):
        url = f"wss://localhost:{port}/echo"
        report, _ = probe(url, *rules, "--trust", certificate[0], folder=tmp_path)
        assert {entry["rule"]: entry["verdict"] for entry in report["verdicts"]} == {
            rule: "pass" for rule in rules[1].split(",")
        }
        said = complaint("lint", url, status=3, cwd=tmp_path)
        assert "its certificate is not trusted" in said


def test_what_cannot_be_probed_is_said(tmp_path):
    def refusal(url, *options, status):
        return complaint("lint", url, *options, status=status, cwd=tmp_path)

    port = free_port()
    assert "connection refused" in refusal(f"ws://127.0.0.1:{port}/", status=3)
    assert "--allow-host example.com" in refusal("ws://example.com/", status=2)
    assert "--allow-host 10.0.0.1" in refusal("ws://10.0.0.1:80/", status=2)
    assert "control character" in refusal(f"ws://127.0.0.1:{port}/", "-H", "Cookie: a\x01b", status=2)
    with served("ws, hardened") as (url, _):
        said = refusal(url, status=3)
        assert "401 Unauthorized" in said and "give what a good client sends" in said
        said = refusal(url, *CREDENTIALS[:2], "--origin", "https://evil.example", status=3)
        assert "403 Forbidden" in said
    with served("ws101 echo") as (url, _):
        assert "404 Not Found" in refusal(url.replace("/echo", "/nothing"), status=3)


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"])
def test_no_websocket_server_at_all(tmp_path, answer):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            peer, _ = listener.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        said = complaint("lint", f"ws://127.0.0.1:{listener.getsockname()[1]}/", status=3, cwd=tmp_path)
    assert "cannot probe ws://127.0.0.1" in said


def test_findings_tell_no_secrets(tmp_path):
    secrets = ["-H", "Authorization: Bearer probe-me", "-H", "Cookie: sid=chocolate-chip"]
    with served("ws, hardened") as (url, _):
        ended = ws101(
            "lint", f"{url}?token=hunter2hunter2", *secrets, "--select", "F12,S01,S03,M06", "--format", "full",
            "--verdicts", cwd=tmp_path, status=1,
        )
    for secret in (b"probe-me", b"chocolate", b"hunter2"):
        assert secret not in ended.stdout
        assert secret not in ended.stderr


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(HEADING + table(reports(probe_all(folder))))
    print(TABLE.read_text())
