"""What a server does again and again as long as it runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from supportdesk.domain.errors import BackendError

log = logging.getLogger(__name__)


class Rounds:
    """One after the other on one event loop, with a pause in between; no fault ends them.

    What a round leaves undone is kept in the desk: the next one finds it.
    """

    def __init__(self, go: Callable[[], Awaitable[object]], trouble: str, interval_s: float) -> None:
        """`trouble` is what the log says of a round that failed."""
        self._go = go
        self._trouble = trouble
        self._interval_s = interval_s
        self.ending = asyncio.Event()
        """A round that takes long heeds it."""
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self._task = asyncio.create_task(self._go_on())

    async def end(self) -> None:
        """After the round that is under way."""
        self.ending.set()
        if self._task is not None:
            await self._task

    async def _go_on(self) -> None:
        while not self.ending.is_set():
            try:
                await self._go()
            except BackendError as error:
                log.warning("%s: %s", self._trouble, error.code)
            except Exception:
                log.exception(self._trouble)
            try:
                async with asyncio.timeout(self._interval_s):
                    await self.ending.wait()
            except TimeoutError:
                continue
