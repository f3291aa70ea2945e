from websockets.asyncio.server import serve


async def main(handler, authenticate):
    async with serve(
        handler, None, 8000, origins=["https://app.example.com"], process_request=authenticate, ping_interval=30
    ) as server:
        await server.serve_forever()
