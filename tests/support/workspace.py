"""A real application without a window: stores in a temporary folder, a demo vendor's desk behind it."""

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from supportdesk import bootstrap
from supportdesk.bootstrap import Running
from supportdesk.domain.projections import Account, Link


class Loop:
    """The presenters' thread of a test: `deliver` may be called from anywhere, jobs run in `drain`."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def deliver(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)

    def drain(self, until: Callable[[], bool], timeout_s: float = 15.0) -> None:
        """Runs what arrives until `until()` holds; fails when it does not within `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError("what the test waits for did not happen")
            try:
                self._jobs.get(timeout=min(left, 0.2))()
            except queue.Empty:
                continue


@contextmanager
def running(folder: Path, loop: Loop) -> Iterator[Running]:
    """The opened data folder; closed again at the end."""
    opened = bootstrap.open_workspace(folder, loop.deliver)
    try:
        yield opened
    finally:
        opened.close()


def demo_account(opened: Running, name: str = "practice", timeout_s: float = 30.0) -> Account:
    """The demo customer, signed in and wholly synchronised."""
    account = opened.accounts.demo(name).result(timeout_s)
    state = opened.workspace.sync.once(account.id, timeout_s).result(2 * timeout_s)
    assert state.link is Link.ONLINE, state
    return account
