"""uvicorn as this server runs it: patient with nobody, and with an end that loses nothing."""

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import HANDLED_SIGNALS

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _
from supportdesk.server.site import Site

HEAD_TIMEOUT_S = 15.0
"""For the head of a request, from its first byte to its last; uvicorn itself would wait for ever."""
GRACE_S = 20
"""For what runs when the server is asked to end."""
_KEEP_ALIVE_S = 75
"""Longer than nginx keeps its idle connections (60 s), so that it is never us who close first."""
_MAX_HEAD_BYTES = 16 * 1024
_BACKLOG = 2048
_MAX_CONNECTIONS = 10_000
"""Of one process, with the streams on which apps listen; who comes then is told to come later (503)."""


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

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but what was obeyed is not raised again: desks are still to be closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._site.operation.begin_end()
        await super().shutdown(sockets)


def _nothing() -> None:
    pass


def listening(host: str, port: int) -> socket.socket:
    """A socket on which nobody is answered yet; port 0 is a free one. Raises InvalidInput."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        found = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        text = _("It cannot listen on {host}:{port}: {what}")
        what = error.strerror or str(error)
        raise InvalidInput(text.format(host=host, port=port, what=what), field="port") from error
    # Its connections inherit it. asyncio sees to it only where a socket names its protocol, and head and body
    # of an answer are two writes: the second one would wait 40 ms for the first one's acknowledgement.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def server_for(site: Site, *, proxies: str = "127.0.0.1") -> Server:
    """For an open site; to be given its sockets when it serves.

    `proxies`: addresses of machines whose word about the client's address is believed, with commas.
    """
    config = uvicorn.Config(
        site,
        http=_Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=proxies,
        backlog=_BACKLOG,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
    )
    return Server(site, config)
