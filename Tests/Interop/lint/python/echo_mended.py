import asyncio
import http
import ssl

from websockets.asyncio.server import serve
from .tokens import user_of

ORIGINS = ["https://app.example.com"]


def authenticate(connection, request):
    user = user_of(request.headers.get("Authorization", ""))
    if user is None:
        return connection.respond(http.HTTPStatus.UNAUTHORIZED, "who are you?\n")
    connection.user = user


async def echo(websocket):
    async for message in websocket:
        await websocket.send(message)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain("cert.pem")
    async with serve(
        echo, "0.0.0.0", 8765, ssl=context, origins=ORIGINS, process_request=authenticate, max_size=64 * 1024
    ) as server:
        await server.serve_forever()


asyncio.run(main())
