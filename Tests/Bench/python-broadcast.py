"""python-broadcast.py PORT: the fan-out that the Python package websockets offers for it."""

import asyncio
import sys

from websockets.asyncio.server import broadcast, serve

members = set()


async def room(ws):
    members.add(ws)
    try:
        async for message in ws:
            broadcast(members - {ws}, message)
    finally:
        members.remove(ws)


async def main():
    async with serve(
        room, "127.0.0.1", int(sys.argv[1]), compression=None, max_size=None, ping_interval=None, backlog=4096
    ) as server:
        await server.serve_forever()


asyncio.run(main())
