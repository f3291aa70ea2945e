"""Not a server: it only speaks of serve(handler, max_size=None), ws://example.com and time.sleep."""
import json
import time
from http.server import ThreadingHTTPServer


async def serve(handler, host, port, max_size=None):
    # websockets.serve(handler, "localhost", 8765, ping_interval=None)
    text = "websockets.serve(handler, max_size=None)"
    time.sleep(0.1)
    return json.loads(text), ThreadingHTTPServer


async def main():
    await serve(None, "localhost", 8765, max_size=None)
