"""Headless Chromium, driven by its DevTools protocol over a WebSocket: no package in between."""

import contextlib
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request

from programs import PATIENCE, eventually, stop
from websockets.sync.client import connect

CHROMIUM = shutil.which("chromium")


class Page:
    """One tab."""

    def __init__(self, connection):
        self.connection = connection
        self.numbers = itertools.count(1)
        self.complaints = []
        for domain in ("Runtime", "Page", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        number = next(self.numbers)
        self.connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.connection.recv(timeout=PATIENCE))
            if told.get("method") == "Log.entryAdded":
                self.complaints.append(told["params"]["entry"]["text"])
            if told.get("method") == "Runtime.exceptionThrown":
                self.complaints.append(told["params"]["exceptionDetails"]["text"])
            if told.get("id") == number:
                assert "error" not in told, told
                return told["result"]

    def go(self, url):
        self.ask("Page.navigate", url=url)
        eventually(lambda: self.run("document.readyState") == "complete" and self.run("location.href") == url, f"{url} is there")

    def run(self, script):
        """The value of an expression, awaited where it is a promise."""
        result = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def lines(self, id):
        """The lines of a list on the page."""
        return self.run(f"Array.from(document.querySelectorAll('#{id} li'), item => item.textContent)")

    def fill(self, id, text):
        self.run(f"document.getElementById({json.dumps(id)}).value = {json.dumps(text)}")

    def click(self, id):
        self.run(f"document.getElementById({json.dumps(id)}).click()")

    def line(self, id, *words):
        """The first line of a list that has all these words, waited for."""
        return eventually(
            lambda: next((line for line in self.lines(id) if all(word in line for word in words)), None), f"{words} in #{id}: {self.lines(id)}"
        )


@contextlib.contextmanager
def chromium(*options):
    """A page of a browser of its own, with a profile that nobody keeps."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Cookies of other sites are sent, as most browsers do unless told otherwise: SameSite is what is tested.
        os.makedirs(f"{folder}/profile/Default")
        with open(f"{folder}/profile/Default/Preferences", "w") as preferences:
            json.dump({"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}, preferences)
        command = [CHROMIUM, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}/profile", "--no-first-run"]
        # Root has no sandbox, and a container little shared memory.
        command += ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", *options, "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"HOME": folder})
        try:
            file = f"{folder}/profile/DevToolsActivePort"
            port = eventually(lambda: os.path.exists(file) and open(file).read().split("\n")[0], "Chromium listens")
            url = eventually(lambda: first_page(port), "Chromium has a page")
            with connect(url, max_size=None, open_timeout=PATIENCE) as connection:
                yield Page(connection)
        finally:
            stop(process)


def first_page(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE) as answer:
        pages = [target for target in json.load(answer) if target["type"] == "page"]
    return pages[0]["webSocketDebuggerUrl"] if pages else None
