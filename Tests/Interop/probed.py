"""The servers that are probed, each as others wrote or would write it, and the table of verdicts."""

import concurrent.futures
import contextlib
import functools
import json
import os
import pathlib
import subprocess
import sys

from programs import ROOT, WS101, free_port, running, ws101

SERVERS = pathlib.Path(__file__).parent / "servers"
TABLE = pathlib.Path(__file__).parent / "expected" / "probe.md"
# What a good client of the hardened server sends.
CREDENTIALS = ["-H", "Authorization: Bearer probe-me", "--origin", "https://app.example"]
# A probe waits more than it works, so several run at once.
AT_ONCE = 4


@functools.cache
def gorilla():
    """The program, compiled with the Go packages of the system."""
    built = ROOT / ".build/gorilla-echo"
    surroundings = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(ROOT / ".build/go-cache"), "CGO_ENABLED": "0"}
    command = ["go", "build", "-o", str(built), str(SERVERS / "gorilla/main.go")]
    subprocess.run(command, env=os.environ | surroundings, check=True, timeout=300)
    return built


def commands():
    """What starts each server (its port comes last), the path that is probed, and what a good client sends."""
    return {
        "ws, bare": (["node", SERVERS / "bare.js"], "/", []),
        "ws, listening": (["node", SERVERS / "listening.js"], "/", []),
        "ws, hardened": (["node", SERVERS / "hardened.js"], "/", CREDENTIALS),
        "websockets": ([sys.executable, SERVERS / "websockets_default.py"], "/", []),
        "gorilla": ([gorilla()], "/", []),
        "ws101 echo": ([WS101, "serve", "--listen"], "/echo", []),
        "ws101 chat": ([WS101, "serve", "--listen"], "/chat/room", []),
        "ws101 ticker": ([WS101, "serve", "--listen"], "/ticker", []),
    }


@contextlib.contextmanager
def served(name):
    """One of them, running; tells its URL and what a good client sends."""
    command, path, good = commands()[name]
    port = free_port()
    with running([*command, port], port):
        yield f"ws://127.0.0.1:{port}{path}", good


def probe(url, *options, folder, status=0):
    """Probes a server; tells the report and the lines on standard error."""
    ended = ws101("lint", url, "--format", "json", "--exit-zero", *options, cwd=folder, status=status)
    report = json.loads(ended.stdout) if status == 0 else None
    return report, ended.stderr.decode().splitlines()


def probe_all(folder):
    """Probes every server, and looks whether it is still there; tells {name: (report, lines, is still there)}."""

    def one(name):
        with served(name) as (url, good):
            report, lines = probe(url, *good, folder=folder)
            return report, lines, is_there(url, good)

    gorilla()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(commands(), pool.map(one, commands())))


def is_there(url, good):
    """Whether a good client is still served."""
    options = [word for word in good if word != "--origin" and not word.startswith("https:")]
    talk = subprocess.run([WS101, "connect", url, *options], input=b"", capture_output=True, timeout=30)
    return talk.returncode == 0


def verdict(report, rule):
    """A cell: how bad the worst finding is, and how many there are; or that it passed, or why there was nothing."""
    found = [finding["severity"] for finding in report["findings"] if finding["rule"] == rule]
    if found:
        worst = next(severity for severity in ("error", "warning", "note") if severity in found)
        return worst if len(found) == 1 else f"{worst} ×{len(found)}"
    verdicts = {entry["rule"]: entry["verdict"] for entry in report["verdicts"]}
    return {"pass": "pass", "notApplicable": "–"}[verdicts[rule]]


def table(reports):
    """All verdicts in Markdown, a line a rule."""
    names = list(reports)
    rules = {entry["rule"]: entry["slug"] for report in reports.values() for entry in report["verdicts"]}
    rows = [["rule", *names], ["---"] * (len(names) + 1)]
    for rule, slug in sorted(rules.items()):
        rows.append([f"{rule} {slug}", *(verdict(reports[name], rule) for name in names)])
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def column(text, name):
    """A server's verdicts of such a table, by rule."""
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in text.splitlines() if line.startswith("|")]
    place = rows[0].index(name)
    return {row[0]: row[place] for row in rows[2:]}


HEADING = """\
# What the probe says of servers

Of each rule the worst finding, and how many there are; – where there was no evidence. `make verdicts` writes it anew.

"""
