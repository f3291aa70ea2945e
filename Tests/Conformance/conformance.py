"""Autobahn's cases, run by kosoku, against `ws101 serve` and `ws101 connect --echo`.

Each case's result must be the one that `expected/` holds, so that any change of behaviour is a diff. The core is all
but the sections 9 (limits and performance), 12 and 13 (compression), which `--all` adds.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
WS101 = os.environ.get("WS101", str(ROOT / ".build/release/ws101"))
KOSOKU = str(pathlib.Path(sys.executable).parent / "kosoku")
REPORTS = ROOT / "reports"
SLOW = ["9.*", "12.*", "13.*"]
GOOD = {"OK", "INFORMATIONAL"}


def main():
    options = parse_options()
    sides = [options.side] if options.side else ["server", "client"]
    passed = failed = 0
    for side in sides:
        started = time.monotonic()
        results = {"server": judge_server, "client": judge_client}[side](options.all)
        if options.update:
            write_expected(side, results)
        good, bad = compare(side, results, options.all)
        passed, failed = passed + good, failed + bad
        print(f"{side}: {good} cases as expected, {bad} not, {time.monotonic() - started:.0f} s", flush=True)
    counts = ROOT / ".build/tally/conformance"
    counts.parent.mkdir(parents=True, exist_ok=True)
    counts.write_text(f"{passed} {failed} 0\n")
    return 1 if failed or not passed else 0


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("side", nargs="?", choices=["server", "client"], help="only this side of ours")
    parser.add_argument("--all", action="store_true", help="the sections 9, 12 and 13 too")
    parser.add_argument("--update", action="store_true", help="write what happens as what is expected")
    return parser.parse_args()


def judge_server(everything):
    """Runs kosoku as the client; tells {case: result}."""
    port = free_port()
    report = fresh_report("server")
    # Section 9 has messages of 16 MiB.
    command = [WS101, "serve", "--listen", f"127.0.0.1:{port}", "--scenario", "echo", "--max-message", str(16 << 20)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        command = [KOSOKU, "-m", "fuzzingclient", f"127.0.0.1:{port}", "-p", "8", "-o", str(report)]
        subprocess.run(command + selection(everything), stdout=subprocess.DEVNULL, timeout=1800)
        if server.poll() is not None:
            sys.exit(f"ws101 serve ended by itself, status {server.returncode}")
    finally:
        stop(server)
    return read_report(report)


def judge_client(everything):
    """Runs kosoku as the server, and our client once a case; tells {case: result}."""
    port = free_port()
    report = fresh_report("client")
    address = f"127.0.0.1:{port}"
    command = [KOSOKU, "-m", "fuzzingserver", address, "-o", str(report)]
    server = subprocess.Popen(command + selection(everything), stdout=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        count = int(connect(f"ws://{address}/getCaseCount").split()[-1])
        for case in range(1, count + 1):
            connect(f"ws://{address}/runCase?case={case}&agent=ws101", "--echo")
        connect(f"ws://{address}/updateReports?agent=ws101")
        server.wait(timeout=30)
    finally:
        stop(server)
    return read_report(report)


def connect(url, *options):
    """Runs our client until the connection is closed; tells what it printed."""
    # How the connection ended is the report's matter; that the client ends at all is ours.
    ended = subprocess.run(
        [WS101, "connect", *options, url], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
    )
    if ended.returncode not in (0, 1):
        sys.exit(f"ws101 connect {url}: status {ended.returncode}\n{ended.stderr}")
    return ended.stdout


def selection(everything):
    return [] if everything else [word for section in SLOW for word in ("-x", section)]


def read_report(report):
    index = json.loads((report / "index.json").read_text())
    if len(index) != 1:
        sys.exit(f"{report}: expected one agent, found {list(index)}")
    (cases,) = index.values()
    return {
        name: [case["behavior"], case["behaviorClose"], case["remoteCloseCode"]] for name, case in sorted_cases(cases)
    }


def sorted_cases(cases):
    return sorted(cases.items(), key=lambda item: [int(part) for part in item[0].split(".")])


def compare(side, results, everything):
    """Prints each case that is not as expected, or expected and not run; tells how many are and are not."""
    path = expected_path(side)
    expected = json.loads(path.read_text()) if path.exists() else {}
    if not everything:
        expected = {name: value for name, value in expected.items() if name.split(".")[0] + ".*" not in SLOW}
    bad = 0
    for name, _ in sorted_cases(results | expected):
        if results.get(name) != expected.get(name):
            bad += 1
            print(f"{side} {name}: expected {expected.get(name)}, got {results.get(name)}")
    weak = [name for name, (behavior, close, _) in results.items() if not {behavior, close} <= GOOD]
    if weak:
        print(f"{side}: failed or not strict: {', '.join(weak)}")
    return len(results | expected) - bad, bad


def write_expected(side, results):
    path = expected_path(side)
    path.parent.mkdir(exist_ok=True)
    known = json.loads(path.read_text()) if path.exists() else {}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in sorted_cases(known | results)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def expected_path(side):
    return HERE / "expected" / f"{side}.json"


def fresh_report(name):
    report = REPORTS / name
    shutil.rmtree(report, ignore_errors=True)
    report.mkdir(parents=True)
    return report


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended by itself, status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{process.args[0]} does not listen on port {port}")


def stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
