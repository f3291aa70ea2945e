"""What the peers say to each other: each kind and size of frame, and ways to end."""

LENGTHS = [0, 1, 125, 126, 65535, 65536, 1 << 20]
SAMPLE = "κόσμε 你好 🌊 naïve "

STEPS = [
    {"say": "hello"},
    {"say": SAMPLE * 40},
    {"bytes": bytes(range(256)).hex()},
    {"ping": ""},
    {"ping": b"are you there".hex()},
    {"fragments": ["one ", "two ", "thrée"]},
    *({"bytes": (b"\x00\xff\x81\x7f" * (length // 4 + 1))[:length].hex()} for length in LENGTHS),
    *({"say": ("abc" * (length // 3 + 1))[:length]} for length in LENGTHS),
    {"ping": b"a last one".hex()},
    {"close": [4001, "bye – tschüß"]},
]


def said(steps):
    """The messages of the steps, as a peer tells them."""
    for step in steps:
        match step:
            case {"say": text}:
                yield {"text": text}
            case {"bytes": digits}:
                yield {"bytes": digits}
            case {"fragments": pieces}:
                yield {"text": "".join(pieces)}


def pings(steps):
    return [step["ping"] for step in steps if "ping" in step]
