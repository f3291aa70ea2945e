"""python-echo.py PORT: the fastest echo that the Python package websockets offers."""

import asyncio
import sys

from websockets.asyncio.server import serve


async def echo(ws):
    async for message in ws:
        await ws.send(message)


async def main():
    async with serve(
        echo, "127.0.0.1", int(sys.argv[1]), compression=None, max_size=None, ping_interval=None, backlog=4096
    ) as server:
        await server.serve_forever()


asyncio.run(main())
