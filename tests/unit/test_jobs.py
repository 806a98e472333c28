"""Jobs: newer answers win, owners that ended hear nothing, errors have a form."""

import queue
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from supportdesk.app.jobs import Jobs
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.lanes import Lane


class Loop:
    """The presenters' thread of a test: deliveries wait until `drain`."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def drain(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def jobs(loop: Loop) -> Jobs:
    return Jobs(loop.waiting.append)


class Owner:
    pass


def test_the_result_is_delivered_not_called_at_once(jobs: Jobs, loop: Loop) -> None:
    """A result reaches `done` only through the delivery to the presenters' thread."""
    seen: list[int] = []
    future: Future[int] = Future()
    jobs.start(Owner(), "load", lambda: future, seen.append)
    future.set_result(4)
    assert seen == []
    loop.drain()
    assert seen == [4]


def test_a_newer_job_of_the_same_key_drops_the_earlier(jobs: Jobs, loop: Loop) -> None:
    """An earlier answer that comes late never reaches `done`."""
    owner, seen = Owner(), list[str]()
    earlier: Future[str] = Future()
    later: Future[str] = Future()
    earlier.set_running_or_notify_cancel()
    jobs.start(owner, "search", lambda: earlier, seen.append)
    jobs.start(owner, "search", lambda: later, seen.append)
    later.set_result("new")
    earlier.set_result("old")
    loop.drain()
    assert seen == ["new"]


def test_a_released_owner_hears_nothing(jobs: Jobs, loop: Loop) -> None:
    """Work of an owner that ended is cancelled or its result dropped; other owners are untouched."""
    gone, stays, seen = Owner(), Owner(), list[str]()
    first: Future[str] = Future()
    second: Future[str] = Future()
    jobs.start(gone, "load", lambda: first, seen.append)
    jobs.start(stays, "load", lambda: second, seen.append)
    jobs.release(gone)
    second.set_result("kept")
    loop.drain()
    assert first.cancelled()
    assert seen == ["kept"]
    assert not jobs.busy(stays, "load")


@pytest.mark.parametrize(("raised", "code"), [(NotFound(), "not_found"), (ValueError("x"), "unexpected")])
def test_every_error_arrives_as_a_designed_one(jobs: Jobs, loop: Loop, raised: Exception, code: str) -> None:
    """`failed` gets the designed error itself, or one that wraps an unexpected exception as its cause."""
    seen: list[SupportDeskError] = []
    future: Future[int] = Future()
    jobs.start(Owner(), "load", lambda: future, None, seen.append)
    future.set_exception(raised)
    loop.drain()
    assert [error.code for error in seen] == [code]
    assert seen[0] is raised or seen[0].__cause__ is raised


def test_an_error_while_starting_is_reported_like_one_while_running(jobs: Jobs) -> None:
    """A submit that fails with a designed error calls `failed`."""
    seen: list[SupportDeskError] = []

    def refuse() -> Future[int]:
        raise NotFound

    jobs.start(Owner(), "load", refuse, None, seen.append)
    assert [error.code for error in seen] == ["not_found"]


def test_a_lane_does_not_hold_what_a_result_is_for() -> None:
    """Who asked ends on the presenters' thread, although the lane is not yet done with telling."""
    arrived: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    let_go = threading.Event()

    def deliver(job: Callable[[], None]) -> None:
        arrived.put(job)
        let_go.wait(60)

    class Asking(Owner):
        def hear(self, _answer: object) -> None:
            pass

    lane, jobs, owner = Lane("test"), Jobs(deliver), Asking()
    ended = weakref.ref(owner)
    jobs.start(owner, "load", lambda: lane.submit(lambda: 1), owner.hear, owner.hear)
    arrived.get(timeout=60)()
    del owner
    still_there = ended() is not None
    let_go.set()
    lane.close()
    assert not still_there
