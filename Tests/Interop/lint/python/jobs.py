import asyncio
import json
import subprocess
import time

import requests
from websockets.asyncio.server import broadcast, serve as listen

CLIENTS = set()
OPTIONS = {"max_size": None, "ping_interval": None}


async def handler(ws):
    CLIENTS.add(ws)
    token = await ws.recv()
    if requests.get("https://auth.example.com/check", params={"t": token}, timeout=5).status_code != 200:
        await ws.close(1008, "not allowed")
        return
    async for text in ws:
        job = json.loads(text)
        time.sleep(job["delay"])
        output = run(job["command"])
        broadcast(CLIENTS, output)


def run(command):
    return subprocess.check_output(command)


async def main():
    async with listen(handler, host="0.0.0.0", port=8765, origins=None, **OPTIONS):
        await asyncio.Future()
