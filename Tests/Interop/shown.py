"""What `ws101 show FILE --format jsonl` prints, in the words of these tests."""

import json

from programs import ws101
from tap import Frame

OPCODES = {"continuation": 0, "text": 1, "binary": 2, "close": 8, "ping": 9, "pong": 10}


def events(file, *options, **more):
    """The events of a recording, each a dictionary."""
    printed = ws101("show", file, "--format", "jsonl", *options, **more).stdout
    return [json.loads(line) for line in printed.splitlines()]


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]
