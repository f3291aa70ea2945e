"""client.py URL deflate|plain: what client.js does, with the Python package websockets."""

import json
import sys

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect


def main(url, compression):
    steps = json.load(sys.stdin)
    with connect(url, compression="deflate" if compression == "deflate" else None, max_size=1 << 26) as ws:
        tell({"extensions": ws.response.headers.get("Sec-WebSocket-Extensions", "")})
        for step in steps:
            match step:
                case {"say": text}:
                    ws.send(text)
                    tell_message(ws.recv())
                case {"bytes": digits}:
                    ws.send(bytes.fromhex(digits))
                    tell_message(ws.recv())
                case {"fragments": pieces}:
                    ws.send(iter(pieces))
                    tell_message(ws.recv())
                case {"ping": digits}:
                    ws.ping(bytes.fromhex(digits)).wait()
                    tell({"pong": digits})
                case {"close": arguments}:
                    ws.close(*arguments)
        try:
            ws.recv()
        except ConnectionClosed as ended:
            frame = ended.rcvd
            tell({"close": [frame.code, frame.reason] if frame else [1006, ""]})


def tell_message(message):
    tell({"text": message} if isinstance(message, str) else {"bytes": message.hex()})


def tell(what):
    print(json.dumps(what), flush=True)


main(*sys.argv[1:])
