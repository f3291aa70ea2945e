import asyncio
import ssl

import websockets as ws

URL = "ws://feed.example.com/live?token=abcdefghijklmnop"


async def follow():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    while True:
        try:
            async with ws.connect(URL, ping_interval=None, max_size=50_000_000) as connection:
                while True:
                    message = await connection.recv()
                    print(eval(message))
        except OSError:
            await asyncio.sleep(5)
