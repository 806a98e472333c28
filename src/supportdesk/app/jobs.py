"""Runs work on the lanes for somebody and hands the result back where that somebody lives.

A job has an owner and a key. Starting the same owner and key again drops the earlier result and cancels its
work; releasing an owner drops everything of it. So a late answer never paints over a newer one.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import Any, NamedTuple, TypeVar

from supportdesk.domain.errors import NotFound, SupportDeskError

T = TypeVar("T")
Deliver = Callable[[Callable[[], None]], None]
"""Runs a callable soon on the thread of the presenters; safe to call from any thread."""

log = logging.getLogger(__name__)


class _Running(NamedTuple):
    """Stays on the presenters' thread: let go by a lane at last, a widget would be destroyed there."""

    future: Future[Any]
    done: Callable[[Any], None] | None
    failed: Callable[[SupportDeskError], None] | None


class Jobs:
    """Used from the presenters' thread only; `deliver` brings results back to it."""

    def __init__(self, deliver: Deliver) -> None:
        self.deliver = deliver
        self._running: dict[tuple[int, str], _Running] = {}

    def start(
        self,
        owner: object,
        key: str,
        work: Callable[[], Future[T]],
        done: Callable[[T], None] | None = None,
        failed: Callable[[SupportDeskError], None] | None = None,
    ) -> None:
        """`work` submits to a lane and returns its future. Without `failed` an error is logged."""
        slot = (id(owner), key)
        self._drop(slot)
        try:
            future = work()
        except SupportDeskError as error:
            self._report(error, failed)
            return
        self._running[slot] = _Running(future, done, failed)
        future.add_done_callback(lambda ended: self.deliver(partial(self._finish, slot, ended)))

    def busy(self, owner: object, key: str) -> bool:
        return (id(owner), key) in self._running

    def drop(self, owner: object, key: str) -> None:
        """What comes of it is not wanted any more, because something newer is on its way."""
        self._drop((id(owner), key))

    def release(self, owner: object) -> None:
        """To be called when the owner ends: its results are dropped, its work cancelled."""
        for slot in [slot for slot in self._running if slot[0] == id(owner)]:
            self._drop(slot)

    def _drop(self, slot: tuple[int, str]) -> None:
        earlier = self._running.pop(slot, None)
        if earlier is not None:
            earlier.future.cancel()

    def _finish(self, slot: tuple[int, str], future: Future[Any]) -> None:
        running = self._running.get(slot)
        if running is None or running.future is not future:
            return
        del self._running[slot]
        try:
            result = future.result()
        except CancelledError:
            return
        except SupportDeskError as error:
            self._report(error, running.failed)
        except Exception as error:
            log.exception("job %s failed", slot[1])
            self._report(_wrapped(error), running.failed)
        else:
            if running.done is not None:
                running.done(result)

    def _report(self, error: SupportDeskError, failed: Callable[[SupportDeskError], None] | None) -> None:
        if failed is not None:
            failed(error)
        else:
            log.error("%s: %s", error.code, error)


def unless_left(error: SupportDeskError) -> None:
    """The `failed` of a job about an account that may just have been left: that it is gone is no failure."""
    if not isinstance(error, NotFound):
        log.error("%s: %s", error.code, error)


def _wrapped(error: Exception) -> SupportDeskError:
    wrapped = SupportDeskError()
    wrapped.__cause__ = error
    return wrapped


def uncancelled(future: Future[T]) -> Future[T]:
    """The same result; cancelling it leaves the work alone. What was asked to be saved is saved."""
    outer: Future[T] = Future()
    outer.set_running_or_notify_cancel()

    def pass_on(inner: Future[T]) -> None:
        error = CancelledError() if inner.cancelled() else inner.exception()
        if error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(inner.result())

    future.add_done_callback(pass_on)
    return outer
