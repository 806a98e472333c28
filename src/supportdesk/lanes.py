"""The lanes on which work runs, so that the GUI thread only paints.

`Lane` is one thread (or a few) that take jobs in order; `IoLane` is one asyncio loop in one thread.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


class LaneClosed(RuntimeError):
    """It takes no more jobs."""


class Lane:
    """`threads` daemon threads that run submitted jobs first come, first served.

    Daemon threads, because a keyring may block for ever and must not hold quitting; `close` waits for the
    jobs that were accepted, up to its time-out.
    """

    def __init__(self, name: str, threads: int = 1) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{index}", daemon=True)
            for index in range(threads)
        ]
        self._closed = False
        self._accepting = threading.Lock()
        """What is accepted stands before the end: behind it nobody would do it, nor say so."""
        for thread in self._threads:
            thread.start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Runs `job` on this lane. Raises LaneClosed after `close`."""
        future: Future[T] = Future()
        with self._accepting:
            if self._closed:
                raise LaneClosed("lane is closed")
            self._jobs.put(lambda: _run(future, job))
        return future

    def close(self, timeout_s: float | None = 5.0) -> None:
        with self._accepting:
            self._closed = True
            for _thread in self._threads:
                self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout_s)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            del job  # with what it holds, which else would wait here for the next one


def _run(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - the waiting side decides what it means
        future.set_exception(error)
    else:
        future.set_result(result)


def logged(work: "Future[T] | asyncio.Future[T]", otherwise: str) -> None:
    """For work that nobody waits for: when it fails, the log says `otherwise` with the error."""

    def look(done: "Future[T] | asyncio.Future[T]") -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            log.error("%s: %s", otherwise, error, exc_info=error)

    work.add_done_callback(look)


class IoLane:
    """One asyncio loop in one thread. Everything on it can be cancelled at once."""

    def __init__(self, name: str = "io") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Starts `work` on the loop; cancelling the future cancels the coroutine."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, timeout_s: float = 5.0) -> None:
        """Cancels what still runs, lets it clean up, and ends the thread.

        What does not end within `timeout_s` is left to the end of the process.
        """
        if self._loop.is_closed():
            return
        try:
            asyncio.run_coroutine_threadsafe(_cancel_all(), self._loop).result(timeout_s)
        except TimeoutError:
            log.warning("work on the lane %s did not end in %s s", self._thread.name, timeout_s)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout_s)
        if not self._thread.is_alive():
            self._loop.close()


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()
