"""News without content: only that there is something to pull."""

from typing import cast

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ASGIApp

from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility import listening
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.desk.visibility.listening import Hearing
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.wire import API
from supportdesk.server.asgi import Receive, Scope, Send
from supportdesk.server.caller import Caller
from supportdesk.server.pace import TooManyRequests
from supportdesk.server.portal import Portal
from supportdesk.server.streaming import while_connected
from supportdesk.server.watcher import Listener, Watcher
from supportdesk.server.who import Who

HEARTBEAT_S = 15.0
MAX_STREAMS = 8
"""Of one session: a client needs one, and a second one while it reconnects."""

_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ],
}
_CHANGED = b"event: changed\ndata:\n\n"
_HEARTBEAT = b":\n\n"


@get(
    f"{API}/events",
    who=Who.SIGNED_IN,
    tags=["sync"],
    responses={200: ResponseSpec(str, media_type="text/event-stream", description="`event: changed`")},
)
async def events(caller: NamedDependency[Caller], portal: NamedDependency[Portal]) -> ASGIApp:
    """Server-sent events that only say that something has changed.

    What came before the stream was open is not told: pull once when it is. Comments in between show that it
    still stands. It ends within a second of the session.
    """
    heard = await caller.read(_hearing)
    if portal.watcher.streams_of(heard.session_id) >= MAX_STREAMS:
        raise TooManyRequests(retry_after_s=HEARTBEAT_S)
    return cast(ASGIApp, _Events(caller, portal.watcher, heard))


def _hearing(connection: DeskConnection, entrance: Entrance) -> Hearing:
    return listening.hearing(connection, entrance)


class _Events:
    """The answer itself, as an ASGI application."""

    def __init__(self, caller: Caller, watcher: Watcher, heard: Hearing) -> None:
        self._caller = caller
        self._watcher = watcher
        self._heard = heard

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        listener = self._watcher.add(self._heard)
        try:
            await send(_START)
            await while_connected(receive, self._tell(listener, send))
        finally:
            self._watcher.remove(listener)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _tell(self, listener: Listener, send: Send) -> None:
        line = _HEARTBEAT
        while not listener.ended:
            await send({"type": "http.response.body", "body": line, "more_body": True})
            line = _CHANGED if await listener.woken(HEARTBEAT_S) else _HEARTBEAT
            if line == _CHANGED and not listener.ended:
                try:  # whose things this person sees may have changed, too
                    listener.hearing = await self._caller.read(_hearing)
                except SupportDeskError:
                    return  # the client comes back and is told
