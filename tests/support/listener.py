"""A listener on this machine's loopback that ends with everybody whom it accepted closed.

asyncio's own server loses those whom it accepts while it closes: a half-made transport holds itself, so that
a later garbage collection finds the open socket, in a test that has nothing to do with it. And nobody closes
a connection whose task is cancelled before its first step, or that still writes when its loop ends.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from supportdesk.lanes import IoLane

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def talking(talk: Talk) -> Callable[[], asyncio.StreamReaderProtocol]:
    """The protocol of `asyncio.start_server`."""
    return lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader(), talk)


class Listener:
    """In the loop in which it is made. Encrypts from the start with `tls`."""

    def __init__(
        self, protocol: Callable[[], asyncio.BaseProtocol], tls: ssl.SSLContext | None = None
    ) -> None:
        self._protocol = protocol
        self._tls = tls
        self._accepted: dict[asyncio.Task[tuple[asyncio.Transport, asyncio.BaseProtocol]], socket.socket] = {}
        self._loop = asyncio.get_running_loop()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self._loop.add_reader(self._socket, self._accept)
        self.port = int(self._socket.getsockname()[1])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        self._loop.remove_reader(self._socket)
        self._socket.close()
        for beginning in self._accepted:
            beginning.cancel()
        for begun in await asyncio.gather(*self._accepted, return_exceptions=True):
            if not isinstance(begun, BaseException):
                begun[0].abort()  # an orderly end would wait for the other side
        await asyncio.sleep(0)  # a transport closes its socket one step after it was told to
        for made in self._accepted.values():
            made.close()

    def _accept(self) -> None:
        """In one step of the loop, so that nobody is ever unknown."""
        with suppress(BlockingIOError, ConnectionError):
            made, _address = self._socket.accept()
            made.setblocking(False)
            begin = self._loop.connect_accepted_socket(self._protocol, made, ssl=self._tls)
            self._accepted[self._loop.create_task(begin)] = made


@contextmanager
def listening_beside(
    name: str, protocol: Callable[[], asyncio.BaseProtocol], tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """In a loop and a thread of that name; the port."""

    async def begin() -> Listener:
        return Listener(protocol, tls)

    lane = IoLane(name)
    listener = lane.submit(begin()).result(10)
    try:
        yield listener.port
    finally:
        lane.submit(listener.close()).result(10)
        lane.close()
