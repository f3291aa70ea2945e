"""The settings stand in a function of their own, the parsing is guarded by the caller."""
import json

import websockets.asyncio.server

LIMIT = 64 << 10


def settings():
    return {"max_size": LIMIT}


def parse(message):
    return json.loads(message)


async def handler(websocket):
    authorization = websocket.request.headers["Authorization"]
    async for message in websocket:
        try:
            print(parse(message), authorization)
        except ValueError:
            await websocket.close(1007)


async def main():
    options = dict(origins=["https://app.example.com"], max_size=LIMIT, ping_interval=30)
    async with websockets.asyncio.server.serve(handler, "0.0.0.0", 8765, **options) as server:
        await server.serve_forever()
