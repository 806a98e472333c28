"""Bodies of requests come in good time or not at all."""

import asyncio

from supportdesk.server.asgi import Application, Message, Receive, Scope, Send

SILENCE_S = 30.0
WHOLE_S = 300.0
"""For a whole body: what the largest chunk takes on a line of 32 kbit/s or so."""


class BodyTooSlow(Exception):
    """Whoever sends it holds a connection for nothing."""


class ClientGone(Exception):
    """Nobody is there to be answered; the body was cut."""


class Patience:
    def __init__(self, app: Application, silence_s: float = SILENCE_S, whole_s: float = WHOLE_S) -> None:
        self._app = app
        self._silence_s = silence_s
        self._whole_s = whole_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        latest_s = loop.time() + self._whole_s
        is_whole = False

        async def in_time() -> Message:
            nonlocal is_whole
            if is_whole:
                return await receive()
            try:
                async with asyncio.timeout_at(min(latest_s, loop.time() + self._silence_s)):
                    message = await receive()
            except TimeoutError as error:
                raise BodyTooSlow from error
            if message["type"] == "http.disconnect":
                raise ClientGone
            is_whole = not message.get("more_body", False)
            return message

        await self._app(scope, in_time, send)
