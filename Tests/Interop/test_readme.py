"""What the README shows is what happens."""

import re
import shlex

import pytest
from programs import ROOT, ws101

SHOWN = re.findall(r"^    \$ ws101 ((?:decode|accept) .*)\n((?:(?:    .*)?\n)+?)(?=\n\S|\Z)", (ROOT / "README.md").read_text(), re.M)


LINTED = re.findall(r"^    \$ ws101 (lint Tests/\S+ .*)\n((?:    .*\n)+)", (ROOT / "README.md").read_text(), re.M)


@pytest.mark.parametrize(("command", "output"), LINTED, ids=[command for command, _ in LINTED])
def test_what_the_lint_says_of_the_two_programs(command, output):
    expected = [line.removeprefix("    ") for line in output.splitlines()]
    ended = ws101(*shlex.split(command), "--exit-zero", cwd=ROOT)
    assert ended.stdout.decode().splitlines() == expected


def test_both_programs_were_found():
    assert len(LINTED) == 2


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_session_of_the_readme(command, output):
    expected = [line.removeprefix("    ") for line in output.rstrip("\n").split("\n")]
    assert ws101(*shlex.split(command)).stdout.decode().splitlines() == expected


def test_both_sessions_were_found():
    assert len(SHOWN) == 2


def test_the_configuration_of_the_readme_is_one(tmp_path):
    (text,) = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    (tmp_path / "ws101.yml").write_text(text)
    ws101("lint", ROOT / "Tests/CaptureTests/Captures/two-interfaces.pcapng", cwd=tmp_path)


def test_every_make_target_of_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for document in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", (ROOT / document).read_text(), re.M))
        assert named <= targets, document
