"""A real browser: the page at /, and what an attacker's page can and cannot do with a victim's cookie."""

import contextlib
import http.server
import re
import threading

import pytest
from attempts import http as ask
from attempts import login, serving
from browser import CHROMIUM, chromium

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")
USER = ["--user", "ada:sesame"]


@pytest.fixture(scope="module")
def page():
    with chromium() as page:
        yield page


def open_page(page, server, host="127.0.0.1"):
    page.complaints.clear()
    page.go(f"http://{host}:{server.port}/")


def test_the_page_shows_what_the_browser_reports_beside_what_the_wire_said(page):
    with serving("--ping-interval", "0.5", "--no-compression") as server:
        open_page(page, server)
        page.click("connect")
        page.line("browser", "open", 'protocol="" extensions=""')
        page.line("wire", "browser ─▶", "GET /echo?view=", "HTTP/1.1", "Origin: http://127.0.0.1", "Sec-WebSocket-Key")
        page.line("wire", "◀─ server", "101 Switching Protocols", "Sec-WebSocket-Accept")
        page.click("send-text")
        page.line("browser", "message", 'text "Hello"')
        page.line("wire", "browser ─▶", "text 5 B (masked): Hello", "1 000 0001  1 0000101")
        page.line("wire", "◀─ server", "text 5 B: Hello", "1 000 0001  0 0000101")
        page.click("send-binary")
        page.line("browser", "message", "binary 3 B 00 ff 10")
        page.line("wire", "browser ─▶", "binary 3 B (masked): 00 ff 10")
        # What no page can see: Pings, and that the browser answers them.
        page.line("wire", "◀─ server", "ping")
        page.line("wire", "browser ─▶", "pong")
        assert not any("ping" in line for line in page.lines("browser"))
        page.fill("code", "4321")
        page.fill("reason", "so long")
        page.click("close")
        page.line("browser", 'close  code=4321 reason="" wasClean=true')  # the echo's, which has none
        page.line("wire", "browser ─▶", "close 9 B (masked)", '4321 private use "so long"')
        page.line("wire", "◀─ server", "close 2 B", "4321")
        page.line("wire", "TCP FIN")
        assert page.complaints == []


def test_what_was_compressed_on_the_wire(page):
    """Chromium compresses however short a message is."""
    with serving() as server:
        open_page(page, server)
        page.click("connect")
        page.line("browser", "open", "permessage-deflate")
        page.click("send-text")
        page.line("browser", 'text "Hello"')
        page.line("wire", "browser ─▶", "text 7 B (masked, compressed): f2 48 cd c9 c9 07 00", "1 100 0001")


def test_close_codes_as_a_browser_has_them(page):
    """1005 and 1006 are never on the wire."""
    with serving() as server:
        open_page(page, server)
        page.click("connect")
        page.line("browser", "open")
        page.fill("code", "")
        page.click("close")
        page.line("browser", "close  code=1005")
        page.line("wire", "browser ─▶", "close 0 B (masked): without a status code")
        page.fill("path", "/nothing")
        page.click("connect")
        page.line("browser", "error")
        page.line("browser", "close  code=1006", "wasClean=false")


def test_a_code_that_a_page_may_not_use(page):
    with serving() as server:
        open_page(page, server)
        page.click("connect")
        page.line("browser", "open")
        page.fill("code", "1001")
        page.click("close")
        page.line("browser", "InvalidAccessError")


@pytest.mark.parametrize("method", ["cookie", "ticket", "subprotocol", "first-message"])
def test_the_page_shows_who_it_is(page, method):
    with serving("--auth", method, *USER) as server:
        open_page(page, server)
        page.click("connect")
        if method == "first-message":
            page.line("browser", "open")
        else:
            page.line("browser", "close  code=1006")
        open_page(page, server)
        page.fill("token", "sesame")
        page.fill("method", method)
        page.click("connect")
        page.line("browser", "open", 'protocol="ws101.v1"' if method == "subprotocol" else 'protocol=""')
        page.click("send-text")
        page.line("browser", 'text "Hello"')
        page.line("wire", "101 Switching Protocols")
        # What the page shows of the wire holds no secret.
        assert not any("sesame" in line or "ticket=" in line and "ticket=-" not in line for line in page.lines("wire") if "GET" in line)


def test_nothing_runs_on_the_page_but_its_own_script(page):
    with serving() as server:
        status, fields, html = ask("GET", f"{server.http}/", {"Accept": "text/html,*/*;q=0.8"})
        policy = fields["Content-Security-Policy"]
        assert status == 200 and "default-src 'none'" in policy and "unsafe" not in policy and "*" not in policy
        assert fields["X-Content-Type-Options"] == "nosniff" and fields["Cache-Control"] == "no-store"
        assert not re.search(r"(src|href)=\"?(https?:)?//", html) and "onclick=" not in html and "style=" not in html
        nonces = re.findall(r"nonce=\"([0-9a-f]+)\"", html)
        assert len(nonces) == 2 and set(nonces) == {re.search(r"script-src 'nonce-([0-9a-f]+)'", policy)[1]}
        assert ask("GET", f"{server.http}/", {"Accept": "text/html"})[1]["Content-Security-Policy"] != policy
        open_page(page, server)
        page.run("(() => { const s = document.createElement('script'); s.textContent = 'window.injected = 1'; document.body.append(s); })()")
        assert page.run("window.injected") is None
        assert page.run("fetch('http://127.0.0.1:9/').then(() => 'went', () => 'stopped')") == "stopped"


def test_a_terminal_gets_the_text():
    with serving() as server:
        for accept in ({}, {"Accept": "*/*"}):
            status, fields, text = ask("GET", f"{server.http}/", accept)
            assert status == 200 and fields["Content-Type"].startswith("text/plain") and "ws101 connect ws://" in text


@contextlib.contextmanager
def elsewhere(html):
    """A page of somebody else: at 127.0.0.1 of another site than localhost, at localhost of the same."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


ATTACK = """<!doctype html><title>free kittens</title><script>
window.outcome = new Promise(resolve => {
  const stolen = new WebSocket("ws://localhost:%d/echo");
  stolen.onopen = () => stolen.send("send all the money");
  stolen.onmessage = event => resolve("hijacked: " + event.data);
  stolen.onclose = event => resolve("closed " + event.code);
});
</script>"""
WITHOUT_ORIGIN, FOR_ALL_SITES = "cookie-without-origin", "cookie-samesite-none"
REFUSED, HIJACKED = "closed 1006", "hijacked: send all the money"


@pytest.mark.parametrize(
    ("attacker", "faults", "outcome"),
    [
        ("127.0.0.1", [], REFUSED),
        # Another site: either defence alone holds. The browser sends it no cookie that is SameSite=Strict …
        ("127.0.0.1", [WITHOUT_ORIGIN], REFUSED),
        # … and where it sends it, the server refuses the Origin.
        ("127.0.0.1", [FOR_ALL_SITES], REFUSED),
        ("127.0.0.1", [WITHOUT_ORIGIN, FOR_ALL_SITES], HIJACKED),
        # Another port is the same site: there SameSite does not help, and only the Origin tells.
        ("localhost", [], REFUSED),
        ("localhost", [WITHOUT_ORIGIN], HIJACKED),
    ],
)
def test_cross_site_hijacking_in_a_real_browser(page, attacker, faults, outcome):
    with serving("--auth", "cookie", *USER, *(word for fault in faults for word in ("--faulty", fault))) as server:
        # The victim logs in at the server's own page, and it works there.
        open_page(page, server, host="localhost")
        page.fill("token", "sesame")
        page.fill("method", "cookie")
        page.click("connect")
        page.line("browser", "open")
        # Later, in the same browser, the attacker's page.
        with elsewhere(ATTACK % server.port) as port:
            page.go(f"http://{attacker}:{port}/")
            assert page.run("window.outcome") == outcome
