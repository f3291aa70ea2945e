import http
import re

from websockets.sync.server import serve


def check(connection, request):
    origin = request.headers.get("Origin", "")
    if "example.com" not in origin and not re.match(r"https://app.example.org", origin):
        return connection.respond(http.HTTPStatus.FORBIDDEN, "no\n")


def handler(websocket):
    for message in websocket:
        websocket.send(message)


with serve(handler, "127.0.0.1", 8765, process_request=check, max_size=4096) as server:
    server.serve_forever()
