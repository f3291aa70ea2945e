import asyncio

from websockets.asyncio.server import serve


async def handler(websocket):
    await websocket.send("hello")


async def main():
    # ws101: ignore[handshake-no-auth,S03] says hello to everybody
    async with serve(handler, None, 8765, max_size=None):  # ws101: ignore[M01] behind a proxy with a limit
        await asyncio.Future()
