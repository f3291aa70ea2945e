import asyncio
import json

import websockets as ws


async def follow(token):
    # connect() as an iterator waits longer after every failure, and never all clients together.
    async for connection in ws.connect("wss://feed.example.com/live", additional_headers={"Authorization": token}):
        try:
            async for message in connection:
                print(json.loads(message)["price"])
        except (ws.ConnectionClosed, ValueError):
            await asyncio.sleep(1)
