import http
import re

from websockets.sync.server import serve

TOKENS = set()


def check(connection, request):
    if request.headers.get("Authorization") not in TOKENS:
        return connection.respond(http.HTTPStatus.UNAUTHORIZED, "no\n")


def handler(websocket):
    for message in websocket:
        websocket.send(message)


ORIGINS = ["https://example.com", re.compile(r"https://[a-z]+\.example\.org")]
with serve(handler, "127.0.0.1", 8765, process_request=check, origins=ORIGINS, max_size=4096) as server:
    server.serve_forever()
