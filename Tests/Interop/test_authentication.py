"""Who may connect: each way to tell who one is, with clients that others wrote, and the faulty twin of each."""

import pytest
from attempts import KINDS, attempt, bearer, http, login, opened, serving, ticket
from programs import eventually, text, ws101
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

USER = ["--user", "ada:sesame"]
OWN_PAGE, LISTED, FOREIGN = "http://127.0.0.1:{}", "https://app.example", "https://evil.example"
HELLO = {"say": ["hello"]}


def in_and_heard(outcome):
    return opened(outcome, ["hello"])


@pytest.mark.parametrize("kind", KINDS)
def test_authorization(kind):
    with serving("--auth", "header", *USER) as server:
        url = f"{server.ws}/echo"
        assert in_and_heard(attempt(kind, url, headers=bearer("sesame"), **HELLO))
        assert attempt(kind, url) == {"status": 401}
        assert attempt(kind, url, headers=bearer("sesamf")) == {"status": 401}
        # A token is no cookie and no ticket where only the header counts.
        assert attempt(kind, f"{url}?ticket=sesame", headers={"Cookie": "ws101=sesame"}) == {"status": 401}
    with serving("--auth", "header", *USER, "--faulty", "auth-after-101") as server:
        late = attempt(kind, f"{server.ws}/echo", stay=True)
        assert late["close"] == [1008, "401 behind a 101"] and late["heard"] == []


def test_what_a_401_tells():
    with serving("--auth", "header", *USER) as server, pytest.raises(InvalidStatus) as refused:
        connect(f"{server.ws}/echo")
    response = refused.value.response
    assert response.headers["WWW-Authenticate"].startswith("Bearer") and b"Authorization: Bearer" in response.body


@pytest.mark.parametrize("kind", KINDS)
def test_cookie(kind):
    with serving("--auth", "cookie", *USER, "--allow-origin", LISTED) as server:
        cookie, url = login(server), f"{server.ws}/echo"
        assert in_and_heard(attempt(kind, url, headers=cookie, origin=OWN_PAGE.format(server.port), **HELLO))
        assert in_and_heard(attempt(kind, url, headers=cookie, origin=LISTED, **HELLO))
        assert in_and_heard(attempt(kind, url, headers=cookie, **HELLO))  # no browser, no page
        assert attempt(kind, url, origin=LISTED) == {"status": 401}
        assert attempt(kind, url, headers={"Cookie": "ws101=" + "0" * 32}) == {"status": 401}
        # Another program's page on this machine may not borrow the cookie either.
        assert attempt(kind, url, headers=cookie, origin="http://127.0.0.1:1") == {"status": 403}


def test_the_cookie_is_kept_from_scripts_and_other_sites():
    with serving("--auth", "cookie", *USER) as server:
        attributes = http("POST", f"{server.http}/login", bearer("sesame"))[1]["Set-Cookie"].split("; ")[1:]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)
        assert http("POST", f"{server.http}/login", bearer("wrong"))[0] == 401
        assert http("GET", f"{server.http}/login")[0] == 405
        assert http("POST", f"{server.http}/login", bearer("sesame") | {"Origin": FOREIGN})[0] == 403
    with serving("--auth", "cookie", *USER, "--faulty", "cookie-samesite-none") as server:
        assert "SameSite=None" in http("POST", f"{server.http}/login", bearer("sesame"))[1]["Set-Cookie"]


@pytest.mark.parametrize("kind", KINDS)
def test_cross_site_hijacking(kind):
    """The victim's cookie from the attacker's page: 101 from the twin, 403 from the server that looks at the Origin."""
    with serving("--auth", "cookie", *USER) as fixed:
        assert attempt(kind, f"{fixed.ws}/echo", headers=login(fixed), origin=FOREIGN) == {"status": 403}
    with serving("--auth", "cookie", *USER, "--faulty", "cookie-without-origin") as faulty:
        assert in_and_heard(attempt(kind, f"{faulty.ws}/echo", headers=login(faulty), origin=FOREIGN, **HELLO))


@pytest.mark.parametrize("kind", KINDS)
def test_an_origin_that_only_contains_the_allowed_one(kind):
    bypasses = [f"{LISTED}.evil.example", f"{LISTED}:8443", "http://localhost.evil.example"]
    allowed = ["--auth", "cookie", *USER, "--allow-origin", LISTED]
    with serving(*allowed) as fixed:
        for origin in bypasses:
            assert attempt(kind, f"{fixed.ws}/echo", headers=login(fixed), origin=origin) == {"status": 403}
    with serving(*allowed, "--faulty", "origin-substring") as faulty:
        for origin in bypasses[:2]:
            assert in_and_heard(attempt(kind, f"{faulty.ws}/echo", headers=login(faulty), origin=origin, **HELLO))
        assert attempt(kind, f"{faulty.ws}/echo", headers=login(faulty), origin=FOREIGN) == {"status": 403}


@pytest.mark.parametrize("kind", KINDS)
def test_origin_and_host_without_cookies(kind):
    rebound = {"Host": "rebound.example"}
    with serving() as server:
        assert attempt(kind, f"{server.ws}/echo", origin=FOREIGN) == {"status": 403}
        assert kind == "python" or attempt(kind, f"{server.ws}/echo", headers=rebound) == {"status": 403}
    with serving("--faulty", "origin-unchecked", "--faulty", "host-unchecked") as faulty:
        assert in_and_heard(attempt(kind, f"{faulty.ws}/echo", origin=FOREIGN, **HELLO))
        assert kind == "python" or in_and_heard(attempt(kind, f"{faulty.ws}/echo", headers=rebound, **HELLO))


@pytest.mark.parametrize("kind", KINDS)
def test_ticket(kind):
    with serving("--auth", "ticket", *USER) as server:
        good = ticket(server)
        assert in_and_heard(attempt(kind, f"{server.ws}/echo?ticket={good}", **HELLO))
        assert attempt(kind, f"{server.ws}/echo?ticket={good}") == {"status": 401}, "it is good once"
        assert attempt(kind, f"{server.ws}/echo?ticket=guess") == {"status": 401}
        assert attempt(kind, f"{server.ws}/echo") == {"status": 401}
        assert http("POST", f"{server.http}/ticket")[0] == 401
    with serving("--auth", "ticket", *USER, "--faulty", "ticket-reuse") as server:
        good = ticket(server)
        for _ in range(2):
            assert in_and_heard(attempt(kind, f"{server.ws}/echo?ticket={good}", **HELLO))


def test_a_ticket_gets_old():
    with serving("--auth", "ticket", *USER, "--ticket-lifetime", "0.001") as server:
        assert attempt("python", f"{server.ws}/echo?ticket={ticket(server)}") == {"status": 401}


@pytest.mark.parametrize("kind", KINDS)
def test_token_as_subprotocol(kind):
    with serving("--auth", "subprotocol", *USER) as server:
        url = f"{server.ws}/echo"
        good = attempt(kind, url, protocols=["ws101.v1", "bearer.sesame"], **HELLO)
        assert in_and_heard(good) and good["protocol"] == "ws101.v1"
        assert attempt(kind, url, protocols=["ws101.v1", "bearer.wrong"]) == {"status": 401}
        assert attempt(kind, url, protocols=["ws101.v1"]) == {"status": 401}
        assert attempt(kind, url, protocols=["bearer.sesame"]) == {"status": 400}, "the token must not be the answer"
    with serving("--auth", "subprotocol", *USER, "--faulty", "token-echo") as server:
        leaked = attempt(kind, f"{server.ws}/echo", protocols=["ws101.v1", "bearer.sesame"], **HELLO)
        assert in_and_heard(leaked) and leaked["protocol"] == "bearer.sesame"


@pytest.mark.parametrize("kind", KINDS)
def test_first_message(kind):
    with serving("--auth", "first-message", *USER, "--auth-deadline", "0.3") as server:
        url = f"{server.ws}/echo"
        good = attempt(kind, url, say=['{"token":"sesame"}', "hello"])
        assert opened(good, ['{"authenticated":true}', "hello"])
        for first in ('{"token":"wrong"}', "hello", '{"token":"sesame"', '{"token":"' + "x" * 5000 + '"}'):
            refused = attempt(kind, url, say=[first], stay=True)
            assert refused["close"][0] == 1008 and refused["heard"] == []
        late = attempt(kind, url, stay=True)
        assert late["close"] == [1008, "no token came within 300 ms"]
    with serving("--auth", "first-message", *USER, "--auth-deadline", "0.3", "--faulty", "first-message-no-deadline") as server:
        with pytest.raises(TimeoutError):
            silent(server)


def silent(server, seconds=1.5):
    """Says nothing; fails with TimeoutError where the server puts up with it."""
    with connect(f"{server.ws}/echo") as ws:
        ws.recv(timeout=seconds)


@pytest.mark.parametrize("kind", KINDS)
def test_a_session_ends_in_mid_connection(kind):
    with serving("--auth", "header", *USER, "--session", "0.5") as server:
        ended = attempt(kind, f"{server.ws}/echo", headers=bearer("sesame"), say=["hello"], stay=True)
        assert ended["heard"] == ["hello"] and ended["close"] == [1008, "the session is over"]


def test_a_logout_ends_the_connections_of_its_session():
    with serving("--auth", "cookie", *USER) as server:
        one, other = login(server), login(server)
        with connect(f"{server.ws}/echo", additional_headers=one) as leaving, connect(f"{server.ws}/echo", additional_headers=other) as staying:
            assert http("POST", f"{server.http}/logout", one)[0] == 200
            with pytest.raises(ConnectionClosed) as closed:
                leaving.recv(timeout=30)
            assert closed.value.rcvd.code == 1008
            staying.send("hello")
            assert staying.recv(timeout=30) == "hello"
        assert attempt("python", f"{server.ws}/echo", headers=one) == {"status": 401}
    with serving("--auth", "cookie", *USER, "--faulty", "expiry-ignored") as server:
        cookie = login(server)
        with connect(f"{server.ws}/echo", additional_headers=cookie) as ws:
            assert http("POST", f"{server.http}/logout", cookie)[0] == 200
            with pytest.raises(TimeoutError):
                ws.recv(timeout=1.5)


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_send_what_to_which_room(kind):
    grants = ["--grant", "ada:read:blue", "--grant", "ada:send-text:blue", "--grant", "bob:read:*"]
    users = ["--auth", "header", "--user", "ada:sesame", "--user", "bob:tulip", *grants]
    with serving(*users) as server:
        blue, red = f"{server.ws}/chat/blue", f"{server.ws}/chat/red"
        assert opened(attempt(kind, blue, headers=bearer("sesame"), say=["hello"], hear=0))
        assert attempt(kind, red, headers=bearer("sesame")) == {"status": 403}
        refused = attempt(kind, blue, headers=bearer("tulip"), say=["hello"], stay=True)
        assert refused["close"] == [1008, "bob may not send-text in blue"]
    with serving(*users, "--faulty", "send-unchecked") as server:
        assert attempt(kind, f"{server.ws}/chat/blue", headers=bearer("tulip"), say=["hello"], hear=0)["close"][0] == 1000


def test_the_access_log_keeps_no_secret():
    for fault, is_there in (([], False), (["--faulty", "secrets-logged"], True)):
        with serving("--auth", "ticket", *USER, "--access-log", *fault) as server:
            good = ticket(server)
            assert opened(attempt("python", f"{server.ws}/echo?ticket={good}&x=1"))
            log = eventually(lambda: " 101" in text(server.complained) and text(server.complained), "the request is in the log")
        assert (good in log) == is_there and "&x=1" in log


def test_a_token_that_is_made_is_told():
    with serving("--auth", "header") as server:
        token = text(server.complained).split("the token of ada: ")[1].split()[0]
        assert opened(attempt("python", f"{server.ws}/echo", headers=bearer(token)))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--auth", "password"], "--auth"),
        (["--user", "ada:sesame"], "--auth"),
        (["--auth", "header", "--user", "ada:a", "--user", "ada:b"], "name of its own"),
        (["--grant", "ada:shout:blue"], "--grant"),
        (["--faulty", "nothing"], "--faulty"),
        (["--faulty", "ticket-reuse"], "--auth ticket"),
        (["--auth", "header", "--session", "0"], "--session"),
    ],
)
def test_wrong_use_is_said(options, word):
    said = ws101("serve", "--listen", "127.0.0.1:0", *options, status=2).stderr.decode()
    assert word in said


def test_a_faulty_server_says_so_and_stays_on_this_machine():
    with serving("--faulty", "origin-unchecked") as server:
        assert "FAULTY ON PURPOSE  origin-unchecked" in text(server.complained)
    said = ws101("serve", "--listen", "0.0.0.0:0", "--faulty", "origin-unchecked", status=2).stderr.decode()
    assert "this machine only" in said


def test_the_help_lists_every_fault():
    said = " ".join(ws101("serve", "--help").stdout.decode().split())
    for fault in ("cookie-without-origin", "origin-substring", "never-pings", "queue-unbounded", "blocks-event-loop"):
        assert f"{fault}: " in said
