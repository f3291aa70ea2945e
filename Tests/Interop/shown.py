"""What `ws101 show FILE --format jsonl` prints, in the words of these tests."""

import base64
import json
import subprocess

from programs import WS101, ws101
from tap import Frame

# When, and in which order the two sides' events fell: a recorder and a capture may see that differently.
MOMENTS = {
    "time", "began", "number", "message", "frames", "answers", "roundTripNanoseconds", "durationNanoseconds",
    "closingHandshakeNanoseconds", "frame", "source", "first",
}


def events(file, *options):
    """The events of a recording, each a dictionary."""
    printed = ws101("show", file, "--format", "jsonl", *options).stdout
    return [json.loads(line) for line in printed.splitlines()]


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]


def payload(event):
    return event["text"].encode() if "text" in event else base64.b64decode(event["base64"])


def frames(events):
    """The frames, first all of the client, then all of the server."""
    shown = [
        Frame(
            event["from"], event["fin"], event["rsv1"] << 2 | event["rsv2"] << 1 | event["rsv3"],
            event["opcode"], event.get("maskingKey"), payload(event),
        )
        for event in of_kind(events, "frame")
    ]
    return sorted(shown, key=lambda frame: ["client", "server"].index(frame.side))


def messages(events, side):
    """What that side said, as the peers tell it: a frame that says it all, or a message put together."""
    said = []
    for event in events:
        whole = event["event"] == "frame" and event["opcode"] in (1, 2) and event["fin"] and not event["compressed"]
        if event.get("from") == side and (whole or event["event"] == "message"):
            body = payload(event)
            said.append({"text": body.decode()} if event["opcode"] == 1 else {"bytes": body.hex()})
    return said


def violations(events):
    """The rules that were broken, in frames and in messages."""
    return [violation["rule"] for event in events for violation in event.get("violations", [])]


def round_trips(events):
    """In nanoseconds, of each ping that was answered."""
    return [event["roundTripNanoseconds"] for event in events if "roundTripNanoseconds" in event]


def ended(file):
    """Whether a file, which may still be written, has the FINs of both sides."""
    printed = subprocess.run([WS101, "show", file, "--format", "jsonl"], capture_output=True, timeout=60).stdout
    return printed.count(b'"event":"fin"') >= 2


def essence(events):
    """Events by side and without moments: what a recording and a capture of the same traffic have in common."""
    by_side = {"client": [], "server": [], None: []}
    for event in events:
        by_side[event.get("from")].append(timeless(event))
    return by_side


def timeless(value):
    if isinstance(value, dict):
        return {key: timeless(inner) for key, inner in value.items() if key not in MOMENTS}
    return value
