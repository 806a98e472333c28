"""uvicorn as this server runs it: patient with nobody, and with an end that loses nothing."""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from supportdesk.server.site import Site

log = logging.getLogger(__name__)

HEAD_TIMEOUT_S = 15.0
"""For the head of a request, from its first byte to its last; uvicorn itself would wait for ever."""
GRACE_S = 20
"""For what runs when the server is asked to end."""
_KEEP_ALIVE_S = 75
"""Longer than nginx keeps its idle connections (60 s), so that it is never us who close first."""
_MAX_HEAD_BYTES = 16 * 1024
_BACKLOG = 2048


class _Protocol(H11Protocol):
    """Closes connections whose heads do not come to an end."""

    head_timeout_s = HEAD_TIMEOUT_S

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._expect_head()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        """Counts from the beginning of a connection, and from the first byte of each later request."""
        if self.conn.their_state is not h11.IDLE:
            self._stop_timer()
        elif self._head_timer is None and (self.cycle is None or self.timeout_keep_alive_task is None):
            self._head_timer = self.loop.call_later(self.head_timeout_s, self.transport.close)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


class Server(uvicorn.Server):
    """Tells streams to end before it waits for what runs."""

    def __init__(self, site: Site, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._site = site
        self.on_ready: Callable[[], None] = _nothing
        """Called on the event loop as soon as it listens."""

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        return int(self.servers[0].sockets[0].getsockname()[1])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._site.operation.begin_end()
        await super().shutdown(sockets)


def _nothing() -> None:
    pass


def server_for(site: Site, *, host: str = "127.0.0.1", port: int = 0, proxies: str = "127.0.0.1") -> Server:
    """`proxies`: addresses of machines whose word about the client's address is believed, with commas."""
    config = uvicorn.Config(
        site,
        host=host,
        port=port,
        http=_Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=proxies,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
    )
    return Server(site, config)
