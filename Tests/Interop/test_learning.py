"""Learning on the screen, in a real terminal, by keyboard alone: as somebody would who sees it for the first time."""

import re
import sqlite3

import os
import signal

import pytest
from programs import WS101, eventually
from terminal import Terminal


@pytest.fixture(params=["80x24", "120x40 in colours"], ids=["80x24", "120x40"])
def terminal(request, tmp_path):
    width, height = (80, 24) if request.param.startswith("80") else (120, 40)
    with Terminal(width, height) as terminal:
        terminal.run(f"export XDG_DATA_HOME={tmp_path}" + (" NO_COLOR=1" if width == 80 else ""))
        terminal.home = tmp_path
        yield terminal


def start(terminal, *arguments):
    terminal.run(" ".join([WS101, *map(str, arguments)]))
    terminal.wait_for(r"^ ws101  1 Watch")


def settled(terminal):
    """The screen once it stands still."""
    last = [terminal.text(), 0]

    def stands():
        text = terminal.text()
        last[1] = last[1] + 1 if text == last[0] else 0
        last[0] = text
        return last[1] >= 3

    eventually(stands, "the screen stands still")
    return last[0]


def leave(terminal):
    """^C leaves; where something is being typed, the first one leaves that."""
    for _ in range(3):
        terminal.press("C-c")
        settled(terminal)
        if terminal.find(r"ready>"):
            return
    terminal.wait_for(r"ready>")


def answers(terminal):
    """What is kept, as another program sees it."""
    with sqlite3.connect(f"file:{terminal.home}/ws101/progress.sqlite?mode=ro", uri=True) as database:
        return database.execute("SELECT COUNT(*) FROM answer WHERE NOT undone").fetchone()[0]


def answer(terminal):
    """Answers the question that is shown, by its kind; rightly or not."""
    text = settled(terminal)
    task = text.splitlines()[1]
    if "true or false" in task:
        keys = ["t"] * 8
    elif "one is right" in task or "choose all" in task:
        keys = ["a"]
    elif "a number" in task:
        keys = ["1", "Enter"]
    elif "bytes in hex" in task:
        keys = ["0", "0", "Enter"]
    elif "put in order" in task:
        keys = ["J"]
    elif "find the partners" in task:
        keys = list("abcdefgh")
    elif "fill the gaps" in task:
        keys = ["x", "Enter"] * 4
    elif "own words" in task:
        terminal.type("It depends on both sides, and on what stands between them.")
        terminal.press("C-d")
        terminal.wait_for(r"[Tt]ick them one")
        terminal.press("Space", "Enter")
        return
    else:
        raise AssertionError(f"what is to be done here?\n{text}")
    for key in keys:
        terminal.press(key)
        if terminal.find(r"how sure\?"):
            settled(terminal)
            if not terminal.find(r"› *$"):
                break
    terminal.wait_for(r"how sure\?")
    terminal.press("2")


def sitting(terminal):
    """Answers until it is over."""
    for _ in range(120):
        terminal.wait_for(r"Enter submit|Enter done|\^D done|Enter next|of \d+ right|^ ! ")
        if terminal.find(r"^ \d+ of \d+ right"):
            return
        if terminal.find(r"Enter next"):
            terminal.press("Enter")
            settled(terminal)
        else:
            answer(terminal)
            terminal.wait_for(r"Enter next|of \d+ right")
    raise AssertionError(terminal.text())


def test_from_the_start_to_the_first_completed_lab(terminal):
    """Nothing but what the screen tells is needed."""
    start(terminal)
    assert terminal.find(r"2 Learn"), "a new user sees where to begin"
    terminal.press("2")
    terminal.wait_for(r"Lessons|Twelve lessons")
    terminal.wait_for(r"Enter open")
    terminal.press("Enter")
    terminal.wait_for(r"step 1 of")
    for _ in range(20):
        text = settled(terminal)
        if re.search(r"Passed|✓ passed", text):
            break
        if re.search(r"Enter lock in", text):
            terminal.press("Enter")
        elif re.search(r"Enter choose", text):
            terminal.press("a")
        elif re.search(r"Enter (to the question|type|start the lab)", text):
            terminal.press("Enter")
        elif re.search(r"Enter send", text):
            terminal.type("hello")
            terminal.press("Enter")
        else:
            terminal.press("PageDown")
    terminal.wait_for(r"Passed|✓ passed")
    assert terminal.find(r"│.*TEXT 5 hello"), "the lab's own frames stand beside the text"
    terminal.press("C-c")


def test_a_quiz_of_ten(terminal):
    start(terminal)
    terminal.press("3")
    terminal.wait_for(r"Quiz of ten")
    terminal.press("Enter")
    terminal.wait_for(r"1 of 10")
    sitting(terminal)
    assert answers(terminal) >= 10
    terminal.press("Enter", "5")
    terminal.wait_for(r"1\d answers|[1-9]\d answers")
    terminal.wait_for(r"What is WebSocket")


def test_a_review_on_a_later_day(terminal):
    start(terminal, "quiz", "--now", "2027-01-01T10:00:00Z")
    terminal.wait_for(r"1 of 10")
    for _ in range(3):
        answer(terminal)
        terminal.wait_for(r"Enter next")
        terminal.press("Enter")
    leave(terminal)
    start(terminal, "review", "--now", "2027-03-01T10:00:00Z")
    terminal.wait_for(r"Review.*")
    terminal.wait_for(r"1 of [1-9]")
    before = answers(terminal)
    sitting(terminal)
    assert answers(terminal) > before


def test_an_interview_of_ten_minutes(terminal):
    start(terminal, "interview", "--minutes", 10)
    for _ in range(120):
        text = settled(terminal)
        if re.search(r"Answer by answer", text):
            break
        bottom = text.rstrip().splitlines()[-1]
        if re.search(r"\^D done", bottom):
            terminal.type("It is a protocol of its own over one TCP connection, opened by an HTTP Upgrade.")
            settled(terminal)
            terminal.press("C-d")
            eventually(lambda: not terminal.find(r"\^D done"), "it is handed in")
        elif re.search(r"1 2 3 mark|How good was it", bottom):
            terminal.press("2", "Enter")
        elif re.search(r"space tick", bottom):
            terminal.press("Space", "Enter")
        elif re.search(r"space (take up|let go)", bottom):
            terminal.press("J", "Enter")
        else:
            terminal.press("Enter")
        # The first line has the clock.
        eventually(lambda: terminal.text().splitlines()[1:] != text.splitlines()[1:], "the interview goes on")
    terminal.wait_for(r"Work on|Answer by answer")
    terminal.press("C-c")


def test_kill_9_loses_at_most_the_answer_that_is_typed(terminal):
    start(terminal, "quiz")
    terminal.wait_for(r"1 of 10")
    for _ in range(2):
        answer(terminal)
        terminal.wait_for(r"Enter next")
        terminal.press("Enter")
    before = answers(terminal)
    assert before == 2
    os.kill(terminal.process(), signal.SIGKILL)
    eventually(lambda: terminal.process() is None, "it is gone")
    terminal.run("reset")
    assert answers(terminal) == before
    start(terminal, "progress")
    terminal.wait_for(r"2 answers")


def test_an_interview_that_was_killed_goes_on(terminal):
    start(terminal, "interview", "--minutes", 10)
    terminal.wait_for(r"Enter")
    terminal.press("Enter", "Enter")
    terminal.wait_for(r"\^D done")
    terminal.type("A protocol over TCP")
    terminal.wait_for(r"A protocol over TCP")
    os.kill(terminal.process(), signal.SIGKILL)
    eventually(lambda: terminal.process() is None, "it is gone")
    terminal.run("reset")
    start(terminal)
    terminal.press("3")
    terminal.wait_for(r"Go on with the interview")
    terminal.press("Enter")
    terminal.wait_for(r"A protocol over TCP")
