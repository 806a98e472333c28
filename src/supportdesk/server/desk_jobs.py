"""A desk's threads, for callers on an event loop."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Runner
from supportdesk.lanes import Lane

T = TypeVar("T")

_THREADS_ASIDE = 2


class DeskJobs:
    """What the runner promises, awaited. A job goes on when nobody waits for it any more."""

    def __init__(self, open_runner: Callable[[], Runner]) -> None:
        self._open_runner = open_runner
        self._runner: Runner | None = None
        self._aside: Lane | None = None

    async def open(self) -> None:
        """Raises BackendError where the desk cannot be used."""
        self._runner = self._open_runner()
        self._aside = Lane("desk-aside", threads=_THREADS_ASIDE)
        await asyncio.wrap_future(self._runner.opened)

    async def read(self, job: Callable[[DeskConnection], T]) -> T:
        """`job` writes nothing."""
        return await _result(self._opened().read(job))

    async def write(self, job: Callable[[DeskConnection], T]) -> T:
        return await _result(self._opened().write(job))

    async def contents(self, job: Callable[[Files], T]) -> T:
        return await _result(self._opened().contents(job))

    async def aside(self, job: Callable[[], T]) -> T:
        """For work that takes its time and needs no database: nobody waits for it there."""
        if self._aside is None:
            raise RuntimeError("the desk is not open")
        context = contextvars.copy_context()  # the language
        return await _result(self._aside.submit(lambda: context.run(job)))

    async def close(self) -> None:
        """After what was begun is done."""
        if self._aside is not None:
            lane, self._aside = self._aside, None
            await asyncio.to_thread(lane.close)
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await asyncio.wrap_future(runner.end())

    def _opened(self) -> Runner:
        if self._runner is None:
            raise RuntimeError("the desk is not open")
        return self._runner


async def _result(future: Future[T]) -> T:
    return await asyncio.shield(asyncio.wrap_future(future))
