"""server.py PORT deflate|plain: what server.js does, with the Python package websockets."""

import contextlib
import json
import sys

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve


def echo(ws):
    with contextlib.suppress(ConnectionClosed):
        for message in ws:
            tell({"text": message} if isinstance(message, str) else {"bytes": message.hex()})
            ws.send(message)
    frame = ws.protocol.close_rcvd
    tell({"close": [frame.code, frame.reason] if frame else [1006, ""]})


def tell(what):
    print(json.dumps(what), flush=True)


port, compression = sys.argv[1:]
with serve(
    echo, "127.0.0.1", int(port), compression="deflate" if compression == "deflate" else None, max_size=1 << 26
) as server:
    server.serve_forever()
