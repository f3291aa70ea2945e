"""A real terminal to look at: a pane of tmux with a shell in it, driven by keys and read as text."""

import os
import re
import subprocess
import tempfile

from programs import eventually

SHELL = ["env", "-u", "TMUX", "PS1=ready> ", "LC_ALL=C.UTF-8", "bash", "--norc", "--noprofile"]


class Terminal:
    """A pane of `width` × `height` in a tmux server of its own."""

    def __init__(self, width, height):
        self._folder = tempfile.TemporaryDirectory()
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, *SHELL)
        self._tmux("set-option", "-g", "status", "off")
        self._tmux("resize-window", "-x", width, "-y", height)
        self.wait_for("ready>")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._tmux("kill-server")
        self._folder.cleanup()

    def _tmux(self, *words):
        command = ["tmux", "-u", "-S", os.path.join(self._folder.name, "tmux"), *map(str, words)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert ended.returncode == 0, f"{words}: {ended.stderr}"
        return ended.stdout

    def run(self, command):
        """Types a command into the shell."""
        self.type(command)
        self.press("Enter")

    def type(self, text):
        self._tmux("send-keys", "-l", text)

    def press(self, *keys):
        """Presses keys, named as tmux does: `q`, `Enter`, `Escape`, `Up`, `C-c`."""
        self._tmux("send-keys", *keys)

    def resize(self, width, height):
        self._tmux("resize-window", "-x", width, "-y", height)

    def text(self):
        return self._tmux("capture-pane", "-p")

    def styled(self):
        """The text with its SGR sequences."""
        return self._tmux("capture-pane", "-p", "-e", "-N")

    def find(self, pattern):
        return re.search(pattern, self.text(), re.MULTILINE)

    def wait_for(self, pattern, patience=60):
        """Waits until the pattern is on the screen, and tells the match."""
        try:
            return eventually(lambda: self.find(pattern), repr(pattern), patience)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.text()}") from None

    def state(self):
        """What a program may leave behind: the alternate screen, the mouse, the cursor, the keypad."""
        names = ["alternate_on", "cursor_flag", "keypad_cursor_flag", "mouse_any_flag", "mouse_sgr_flag", "insert_flag"]
        return self._tmux("display-message", "-p", " ".join(f"{name}=#{{{name}}}" for name in names)).strip()

    def process(self):
        """The id of the program that runs in the shell, nil where none does."""
        shell = self._tmux("display-message", "-p", "#{pane_pid}").strip()
        children = subprocess.run(["ps", "--ppid", shell, "-o", "pid="], capture_output=True, text=True).stdout.split()
        return int(children[0]) if children else None
