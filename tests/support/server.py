"""The small desk of `tests.support.desk` behind a real server on this machine's loopback."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from supportdesk.desk.store.address import Address
from supportdesk.desk.store.database import DeskConnection
from supportdesk.domain.profile import Profile
from supportdesk.server.mail.postman import Mail
from supportdesk.server.portal import Portal
from supportdesk.server.serving import listening, server_for
from supportdesk.server.sign_on.provider import Provider
from supportdesk.server.site import Site
from tests.support.desk import furnished, small_profile

T = TypeVar("T")


class Served:
    """A server that runs in a thread of this process. `others` are served below their names."""

    def __init__(self, portal: Portal, **others: Portal) -> None:
        self.portal = portal
        self.site = Site({"": portal, **others})
        self._socket = listening("127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        """Without a slash at the end."""
        self.server = server_for(self.site)
        self._ready = threading.Event()
        self.server.on_ready = self._ready.set
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="server")

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(30), "the server does not start"

    def stop(self) -> None:
        """As SIGTERM would: what runs is finished first."""
        self.server.should_exit = True
        self._thread.join(30)

    def do(self, work: Callable[..., T], portal: Portal | None = None) -> T:
        """Runs a function of the vendor's side, `work(connection, now=…)`, on the desk's writing thread."""
        portal = portal or self.portal
        moment = portal.clock()

        def job(connection: DeskConnection) -> T:
            return work(connection, now=moment)

        return self.run(portal.desk.write(job))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """On the server's event loop."""
        assert self._loop is not None
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.site.open()
        try:
            await self.server.serve([self._socket])
        finally:
            await self.site.close()


def small_portal(
    folder: Path,
    profile: Profile | None = None,
    address: Address | None = None,
    mail: Mail | None = None,
    single_sign_on: Provider | None = None,
) -> Portal:
    """A portal with the people of `tests.support.desk`, answering with many small pages.

    `address` is that of its database, where it is not kept in `folder`.
    """
    with furnished(address or folder):
        pass
    portal = Portal(
        profile or small_profile(),
        address or folder,
        folder / "files",
        mail=mail,
        single_sign_on=single_sign_on,
    )
    portal.page_rows = 7
    return portal


@contextmanager
def served(
    folder: Path,
    profile: Profile | None = None,
    address: Address | None = None,
    mail: Mail | None = None,
    single_sign_on: Provider | None = None,
) -> Iterator[Served]:
    """A server with the small desk in `folder`."""
    server = Served(small_portal(folder, profile, address, mail, single_sign_on))
    server.start()
    try:
        yield server
    finally:
        server.stop()
