"""wss with the local CA: who trusts it is served, who does not refuses, and a bad certificate convinces nobody."""

import os
import re
import ssl
import stat
import subprocess

import pytest
from attempts import KINDS, attempt, opened
from programs import WS101, environment, free_port, running, ws101


@pytest.fixture
def home(tmp_path):
    """Where this test has its CA."""
    return {"env": environment() | {"XDG_DATA_HOME": str(tmp_path)}}


def authority(home):
    return f"{home['env']['XDG_DATA_HOME']}/ws101/ca/ca.pem"


def secure_server(home, *options):
    port = free_port()
    process = running_with([WS101, "serve", "--tls", "--listen", f"127.0.0.1:{port}", *options], port, home["env"])
    return port, process


def running_with(command, port, env):
    return running(["env", f"XDG_DATA_HOME={env['XDG_DATA_HOME']}", *command], port)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_client_that_trusts_the_ca(home, kind, host):
    port, server = secure_server(home)
    with server:
        url = f"wss://{host}:{port}/echo"
        assert opened(attempt(kind, url, ca=authority(home), say=["secret"]), ["secret"])
        assert "error" in attempt(kind, url), "nobody trusts it by himself"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", ["certificate-expired", "certificate-wrong-name", "certificate-self-signed"])
def test_a_bad_certificate_convinces_nobody(home, kind, fault):
    port, server = secure_server(home, "--faulty", fault)
    with server:
        outcome = attempt(kind, f"wss://localhost:{port}/echo", ca=authority(home))
        assert "error" in outcome, outcome
        said = ws101("connect", "--trust", authority(home), f"wss://localhost:{port}/echo", status=3).stderr.decode()
        assert "certificate" in said
        assert b"< hello" in ws101("connect", "--insecure", f"wss://localhost:{port}/echo", input=b"hello\n").stdout


def test_our_client_refuses_without_trust_and_says_how(home):
    port, server = secure_server(home)
    with server:
        url = f"wss://localhost:{port}/echo"
        said = ws101("connect", url, status=3, **home).stderr.decode()
        assert "not trusted" in said and "--trust" in said and "--insecure" in said
        assert b"< hello" in ws101("connect", "--trust", authority(home), url, input=b"hello\n").stdout


def test_the_key_stays_with_its_owner(home):
    said = ws101("ca", **home).stdout.decode()
    folder = os.path.dirname(authority(home))
    assert stat.S_IMODE(os.stat(f"{folder}/ca.key").st_mode) == 0o600 and stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    for program in ("curl", "Node", "Python", "Chromium", "Firefox"):
        assert re.search(rf"^\s+{program} ", said, re.M)
    assert all(len(line) <= 80 for line in said.splitlines() if folder not in line)
    # The same again, and not a new one.
    assert ws101("ca", **home).stdout.decode() == said
    os.chmod(f"{folder}/ca.key", 0o644)
    assert "chmod 600" in ws101("ca", status=3, **home).stderr.decode()


def test_openssl_reads_it_as_it_is_meant(home):
    said = ws101("ca", **home).stdout.decode()
    text = subprocess.run(
        ["openssl", "x509", "-in", authority(home), "-noout", "-text", "-fingerprint", "-sha256"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("CA:TRUE, pathlen:0", "Certificate Sign, CRL Sign", "Permitted:", "DNS:localhost"):
        assert words in text
    fingerprint = text.split("Fingerprint=")[1].split()[0]
    assert fingerprint in "".join(said.split())


def test_a_ca_that_others_may_not_use_for_other_names(home, tmp_path):
    """Who trusts the CA trusts it for nobody's domain, even if somebody steals its key."""
    ws101("ca", **home)
    key = authority(home).replace("ca.pem", "ca.key")
    run = lambda *words, **more: subprocess.run(["openssl", *words], capture_output=True, text=True, cwd=tmp_path, **more)
    run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=bank.example", "-keyout", "k.pem", "-out", "r.pem", check=True)
    (tmp_path / "names").write_text("subjectAltName=DNS:bank.example")
    run("x509", "-req", "-in", "r.pem", "-CA", authority(home), "-CAkey", key, "-extfile", "names", "-days", "2", "-out", "c.pem", check=True)
    verdict = run("verify", "-CAfile", authority(home), "c.pem")
    assert verdict.returncode != 0 and "permitted subtree violation" in verdict.stdout + verdict.stderr


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    blocked = {"env": environment() | {"XDG_DATA_HOME": str(tmp_path / "file")}}
    said = ws101("ca", status=3, **blocked).stderr.decode()
    assert "not a directory" in said


def test_curl_reads_the_page(home):
    port, server = secure_server(home)
    with server:
        curl = subprocess.run(["curl", "-sS", "--cacert", authority(home), f"https://localhost:{port}/"], capture_output=True, text=True)
        assert curl.returncode == 0 and "ws101 connect wss://" in curl.stdout
        assert subprocess.run(["curl", "-sS", f"https://localhost:{port}/"], capture_output=True).returncode == 60
