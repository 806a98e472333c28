"""Work that lasts as long as the client listens."""

import asyncio
from collections.abc import Coroutine

from supportdesk.server.asgi import Receive


async def while_connected(receive: Receive, work: Coroutine[None, None, None]) -> None:
    """Runs `work` to its end, or cancels it when the client goes."""
    working = asyncio.create_task(work)
    watching = asyncio.create_task(_gone(receive))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        watching.cancel()
        if not working.done():
            working.cancel()
        await asyncio.gather(watching, working, return_exceptions=True)
    if not working.cancelled():
        working.result()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
