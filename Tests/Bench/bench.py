"""Speed and memory, beside programs that others wrote, measured in the same run.

The server under test has one CPU, the load the other. Rounds alternate between the competitors, and a figure is the
median of its rounds: the machine's moods hit everybody alike, so trust the ratios more than the figures.
"""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Interop"))

import capture_file
from programs import ROOT, WS101, environment, eventually, free_port, interpreter, running
from terminal import Terminal

HERE = pathlib.Path(__file__).parent
BUILT = ROOT / ".build/bench"
ON_SERVER_CPU, ON_LOAD_CPU = ["taskset", "-c", "0"], ["taskset", "-c", "1"]
WORKLOADS = {
    "125 B, 1 in flight": (64, 125, 1),
    "125 B, 16 in flight": (64, 125, 16),
    "16 KiB": (16, 16 << 10, 1),
    "1 MiB": (2, 1 << 20, 1),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help=f"any of {', '.join(SECTIONS)}; all unless said")
    parser.add_argument("--full", action="store_true", help="more rounds, a million frames, ten thousand connections")
    parser.add_argument("--nio", action="store_true", help="also SwiftNIO's own upgrader and codec (builds it first)")
    options = parser.parse_args()
    unknown = set(options.what) - set(SECTIONS)
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    compile_tools()
    print(f"{os.cpu_count()} CPUs, {machine()}", flush=True)
    for name in options.what or SECTIONS:
        print(f"\n{SECTIONS[name].__doc__.strip()}", flush=True)
        SECTIONS[name](options)


def compile_tools():
    BUILT.mkdir(parents=True, exist_ok=True)
    for name in ("load", "echo", "broadcast", "fanout"):
        source = HERE / f"{name}.c"
        if not (BUILT / name).exists() or (BUILT / name).stat().st_mtime < source.stat().st_mtime:
            command = ["cc", "-std=gnu11", "-O3", "-march=native", "-Wall", "-Wextra", "-Werror"]
            subprocess.run([*command, "-o", BUILT / name, source], check=True)


def machine():
    with open("/proc/cpuinfo") as info:
        return next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "unknown CPU")


# Servers


def ws101_server(port):
    return [WS101, "serve", "--listen", f"127.0.0.1:{port}", "--scenario", "echo"]


def bare_server(kind):
    """An echo server of another library, without anything but the echo."""
    files = {"node": "node-echo.js", "python": "python-echo.py"}
    program = {"node": "node", "python": sys.executable}[kind]
    return lambda port: [program, HERE / files[kind], port]


def nio_server(port):
    package = HERE / "nio-echo"
    scratch = ROOT / ".build-nio-echo"
    subprocess.run(
        ["swift", "build", "-c", "release", "--package-path", package, "--scratch-path", scratch],
        check=True, stdout=sys.stderr,
    )
    return [scratch / "release/nio-echo", port]


def servers(options):
    """Name → command that listens on a port."""
    listed = {
        "ws101 serve": ws101_server,
        "Node ws": bare_server("node"),
        "Python websockets": bare_server("python"),
    }
    if options.nio:
        listed["NIO upgrader"] = nio_server
    return listed


@contextlib.contextmanager
def serving(command, cpu=ON_SERVER_CPU, **options):
    port = free_port()
    with running([*cpu, *command(port)], port, **options) as process:
        process.port = port
        yield process


def load(port, *arguments, cpu=ON_LOAD_CPU):
    return run_tool("load", port, *arguments, cpu=cpu)


def run_tool(name, *arguments, cpu=ON_LOAD_CPU):
    ended = subprocess.run(
        [*cpu, BUILT / name, *map(str, arguments)], capture_output=True, text=True, timeout=300
    )
    if ended.returncode != 0:
        sys.exit(f"{name} {arguments}: {ended.stderr}{ended.stdout}")
    return json.loads(ended.stdout)


# Sections


def measure_echo(options):
    """Echo server, messages a second: one CPU for the server, one for the load"""
    rounds, seconds = (5, 4) if options.full else (3, 1.5)
    figures = {}
    for _ in range(rounds):
        for name, command in servers(options).items():
            with serving(command) as server:
                for workload, (connections, size, depth) in WORKLOADS.items():
                    result = load(server.port, "echo", connections, size, depth, seconds)
                    figures.setdefault((name, workload), []).append(result["per_second"])
    rows = [[name, *(number(median(figures[name, workload])) for workload in WORKLOADS)] for name in servers(options)]
    for name in list(servers(options))[1:]:
        ratios = (
            median(figures["ws101 serve", workload]) / median(figures[name, workload]) for workload in WORKLOADS
        )
        rows.append([f"ws101 / {name}", *(f"{ratio:.2f} ×" for ratio in ratios)])
    table(["", *WORKLOADS], rows)


def measure_proxy(options):
    """Proxy, 125 B on 64 connections: the proxy has one CPU, load and upstream share the other"""
    rounds, seconds = (5, 4) if options.full else (3, 1.5)
    figures = {}
    with serving(lambda port: [BUILT / "echo", port], ON_LOAD_CPU, stdin=subprocess.PIPE) as upstream:
        for _ in range(rounds):
            for name, through in PROXIES.items():
                with through(upstream.port) as (port, process):
                    before = resident(process) if process else 0
                    fast = load(port, "echo", 64, 125, 1, seconds)
                    calm = load(port, "rate", 64, 125, 5000, seconds)
                    grown = max(0, peak(process) - before) if process else 0
                    sent = fast["messages"] * 1.2 + calm["messages"] * 1.2
                    figures.setdefault((name, "rate"), []).append(fast["per_second"])
                    figures.setdefault((name, "p99"), []).append(calm["p99_us"])
                    figures.setdefault((name, "memory"), []).append(grown / 1024 / sent * 1e6)
    rows = []
    for name in PROXIES:
        added = median(figures[name, "p99"]) - median(figures["direct", "p99"])
        memory = "" if name == "direct" else f"{median(figures[name, 'memory']):.1f} MiB"
        rows.append([
            name, number(median(figures[name, "rate"])),
            f"{median(figures[name, 'rate']) / median(figures['direct', 'rate']):.2f} ×",
            f"{median(figures[name, 'p99']):.0f} µs", "" if name == "direct" else f"{added:+.0f} µs", memory,
        ])
    table(["", "messages/s", "of direct", "p99 at 5,000/s", "added", "grown a million messages"], rows)


@contextlib.contextmanager
def direct(upstream):
    yield upstream, None


@contextlib.contextmanager
def through_haproxy(upstream):
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".cfg") as file:
        file.write(
            "global\n nbthread 1\n maxconn 4000\ndefaults\n mode http\n timeout connect 5s\n timeout client 60s\n"
            " timeout server 60s\n timeout tunnel 1h\n option http-server-close\n"
            f"frontend f\n bind 127.0.0.1:{port}\n default_backend b\nbackend b\n server s 127.0.0.1:{upstream}\n"
        )
        file.flush()
        with running([*ON_SERVER_CPU, "haproxy", "-db", "-f", file.name], port) as process:
            yield port, process


@contextlib.contextmanager
def through_ws101(upstream):
    with tempfile.TemporaryDirectory() as folder:
        recording = pathlib.Path(folder) / "proxy.pcapng"
        with serving(
            lambda port: [WS101, "proxy", "--listen", f"127.0.0.1:{port}", "--to", f"ws://127.0.0.1:{upstream}",
                          "--record", recording]
        ) as process:
            yield process.port, process


PROXIES = {"direct": direct, "HAProxy": through_haproxy, "ws101 proxy --record": through_ws101}


def measure_show(options):
    """Reading a capture of others: every frame decoded, inflated and printed, or judged"""
    frames = 1_000_000 if options.full else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "capture.pcap"
        capture_file.write(file, frames)
        print(f"{frames:,} frames, {file.stat().st_size / 1e6:.0f} MB")
        competitors = {
            "ws101 show": [WS101, "show", file],
            "ws101 show --format jsonl": [WS101, "show", file, "--format", "jsonl"],
            "ws101 lint": [WS101, "lint", file, "--exit-zero"],
            "tshark": ["tshark", "-n", "-r", file, "-Y", "websocket"],
        }
        rounds = {name: [] for name in competitors}
        for _ in range(3):
            for name, command in competitors.items():
                if len(rounds[name]) < (1 if name == "tshark" and options.full else 3):
                    rounds[name].append(timed(command))
    base = median([seconds for seconds, _ in rounds["tshark"]])
    rows = []
    for name, results in rounds.items():
        seconds = median([seconds for seconds, _ in results])
        memory = median([memory for _, memory in results])
        rows.append([name, f"{seconds:.2f} s", f"{memory / 1024:.0f} MiB", f"{base / seconds:.1f} ×"])
    table(["", "time", "peak memory", "faster than tshark"], rows)


def timed(command):
    """Seconds and peak memory in KiB of a command that runs to its end."""
    started = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{command}: status {process.returncode}")
    return time.monotonic() - started, usage.ru_maxrss


def measure_idle(options):
    """Memory of connections that are open and silent"""
    count = 10_000 if options.full else 2_000
    rows = []
    for name, command in servers(options).items():
        with serving(command) as server:
            load(server.port, "echo", 1, 125, 1, 0.2)
            before = resident(server)
            idle = subprocess.Popen(
                [*ON_LOAD_CPU, BUILT / "load", str(server.port), "idle", str(count)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            assert idle.stdout.readline().split() == ["READY", str(count)]
            time.sleep(0.5)
            rows.append([name, f"{before / 1024:.1f} MiB", f"{(resident(server) - before) / count:.1f} KiB"])
            idle.communicate("\n")
    table([f"{count:,} connections", "before", "each"], rows)


def measure_broadcast(options):
    """One speaks in a room, all others hear it: deliveries a second; one CPU for the server, one for the members"""
    members, rounds, seconds = (2_000, 5, 5) if options.full else (200, 3, 1.5)
    competitors = {
        "ws101 serve": lambda port: [WS101, "serve", "--listen", f"127.0.0.1:{port}", "--room-members", members + 1],
        "Node ws": lambda port: ["node", HERE / "node-broadcast.js", port],
        "Python websockets": lambda port: [sys.executable, HERE / "python-broadcast.py", port],
    }
    figures = {}
    for _ in range(rounds):
        for name, command in competitors.items():
            with serving(command) as server:
                result = run_tool("broadcast", server.port, "/chat/bench", members, 125, 4, seconds)
                figures.setdefault(name, []).append((result["per_second"], result["messages_per_second"]))
    rows = []
    base = median([each for each, _ in figures["ws101 serve"]])
    for name, results in figures.items():
        each = median([each for each, _ in results])
        rows.append([name, number(each), number(median([said for _, said in results])), f"{base / each:.2f} ×"])
    table([f"{members:,} members, 125 B", "deliveries/s", "messages/s", "ws101 to it"], rows)


def measure_slow(options):
    """One slow reader among many in a room: what the others wait from when a message was due, and the server's memory"""
    readers, size, per_second, seconds = (1_000, 16 << 10, 10, 60) if options.full else (100, 16 << 10, 50, 10)
    small = ["--max-queue", 256 << 10]
    cases = {"nobody is slow": (small, 0)}
    cases |= {policy: ([*small, "--queue-policy", policy], 1) for policy in ("disconnect", "wait", "drop-oldest", "newest-per-topic")}
    cases["--faulty queue-unbounded"] = (["--faulty", "queue-unbounded"], 1)
    rows = []
    for name, (flags, slow) in cases.items():
        more = ["--room-members", readers + slow + 1, "--ping-interval", 0, *flags]
        with serving(lambda port: [WS101, "serve", "--listen", f"127.0.0.1:{port}", *more]) as server:
            # Once without the slow one, so that the memory of the others is not counted.
            run_tool("fanout", server.port, "/chat/bench", readers, 0, size, per_second, 2)
            before = peak(server)
            result = run_tool("fanout", server.port, "/chat/bench", readers, slow, size, per_second, seconds)
            grown = peak(server) - before
        rows.append([name, f"{result['p50'] / 1000:.1f} ms", f"{result['p99'] / 1000:.1f} ms", f"{result['max'] / 1000:.0f} ms", f"{grown / 1024:+.1f} MiB"])
    table([f"{readers:,} readers, {per_second} × {size >> 10} KiB a second", "median", "p99", "longest", "memory"], rows)


def measure_screen(options):
    """The screen while 20,000 frames a second go by: CPU of the thread that draws, share of one core"""
    seconds = 10 if options.full else 4
    with serving(lambda port: [BUILT / "echo", port], [], stdin=subprocess.PIPE) as upstream, Terminal(160, 50) as pane:
        port = free_port()
        pane.run(f"{WS101} watch --proxy ws://127.0.0.1:{upstream.port} --listen 127.0.0.1:{port}")
        process = eventually(pane.process, "ws101 runs")
        pane.wait_for("ws101")
        begun, ticks = time.monotonic(), processor_ticks(process)
        load(port, "rate", 16, 125, 10_000, seconds, cpu=[])
        share = (processor_ticks(process) - ticks) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - begun)
        pane.press("q")
    table(["", "of one core"], [["drawing", f"{share:.2f}"]])


def measure_codec(options):
    """The codec alone: nanoseconds a masked text frame of 125 bytes"""
    program = build_codec()
    rounds = [subprocess.run(program, capture_output=True, check=True, text=True).stdout.split() for _ in range(5)]
    figures = [f"{median(map(int, column)):.0f} ns" for column in zip(*rounds)]
    table(["", "header and hand-over", "and unmasking", "and UTF-8"], [["ws101", *figures]])


def build_codec():
    """Builds the room Wire and codec.swift as a release build does, without the package around them."""
    folder, wire = BUILT / "codec", ROOT / "Sources/Wire"
    folder.mkdir(exist_ok=True)
    (folder / "module.modulemap").write_text(
        f'module CZlib {{ header "{ROOT}/Sources/CZlib/include/CZlib.h" link "z" export * }}\n'
    )
    features = ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"]
    command = ["swiftc", "-O", "-wmo", "-enable-default-cmo", "-parse-as-library", "-package-name", "ws101",
               "-swift-version", "6", *(word for name in features for word in ("-enable-upcoming-feature", name)),
               "-Xcc", f"-fmodule-map-file={folder}/module.modulemap", "-I", folder]
    module = ["-module-name", "Wire", "-emit-module", "-emit-module-path", folder / "Wire.swiftmodule"]
    subprocess.run([*command, *module, "-c", "-o", folder / "Wire.o", *sorted(wire.glob("**/*.swift"))], check=True)
    program = [HERE / "codec.swift", folder / "Wire.o", "-lz", "-o", folder / "codec"]
    subprocess.run([*command, *program], check=True)
    return [*ON_SERVER_CPU, folder / "codec"]


def processor_ticks(process):
    """Of the main thread alone, which draws and does nothing else."""
    fields = pathlib.Path(f"/proc/{process}/task/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


SECTIONS = {
    "echo": measure_echo,
    "proxy": measure_proxy,
    "show": measure_show,
    "idle": measure_idle,
    "broadcast": measure_broadcast,
    "slow": measure_slow,
    "screen": measure_screen,
    "codec": measure_codec,
}


# Figures


def resident(process):
    return memory_of(process, "VmRSS")


def peak(process):
    return memory_of(process, "VmHWM")


def memory_of(process, field):
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field))


def median(values):
    return statistics.median(values)


def number(value):
    return f"{value:,.0f}"


def table(head, rows):
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        first, *others = (cell.ljust(width) if not index else cell.rjust(width)
                          for index, (cell, width) in enumerate(zip(row, widths)))
        print("  " + "   ".join([first, *others]).rstrip(), flush=True)


if __name__ == "__main__":
    main()
