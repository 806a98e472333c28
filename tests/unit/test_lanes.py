"""Lanes run what they accepted, in order, and end when told."""

import asyncio
import threading
import weakref
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial

import pytest

from supportdesk.lanes import IoLane, Lane, logged


def test_one_thread_keeps_the_order() -> None:
    """Jobs of a lane with one thread run in the order of their submission."""
    lane, seen = Lane("test"), list[int]()
    for number in range(50):
        lane.submit(partial(seen.append, number))
    lane.close()
    assert seen == list(range(50))


def test_close_waits_for_accepted_jobs_and_takes_no_more() -> None:
    """A job accepted before `close` is done when `close` returns; a later one is refused."""
    lane, go, done = Lane("test"), threading.Event(), list[bool]()
    lane.submit(lambda: go.wait(20))
    lane.submit(lambda: done.append(True))
    go.set()
    lane.close()
    assert done == [True]
    with pytest.raises(RuntimeError):
        lane.submit(lambda: None)


def test_what_a_closing_lane_accepts_is_done() -> None:
    """However submissions and `close` meet: each is refused, or has a result."""
    for _meeting in range(20):
        lane, accepted = Lane("test"), list[Future[int]]()

        def submit(lane: Lane = lane, accepted: list[Future[int]] = accepted) -> None:
            with suppress(RuntimeError):
                while True:
                    accepted.append(lane.submit(lambda: 1))

        submitting = threading.Thread(target=submit)
        submitting.start()
        lane.close(20)
        submitting.join(20)
        assert [future.result(20) for future in accepted] == [1] * len(accepted)


def test_an_error_belongs_to_its_future_only() -> None:
    """A job that fails gives its error to its own future; the next job runs."""
    lane = Lane("test")
    broken: Future[float] = lane.submit(lambda: 1 / 0)
    assert isinstance(broken.exception(20), ZeroDivisionError)
    assert lane.submit(lambda: 7).result(20) == 7
    lane.close()


def test_a_cancelled_job_never_starts() -> None:
    """Cancelling a job that still waits keeps it from running."""
    lane, go, ran = Lane("test"), threading.Event(), list[bool]()
    lane.submit(lambda: go.wait(20))
    waiting = lane.submit(lambda: ran.append(True))
    assert waiting.cancel()
    go.set()
    lane.close()
    assert ran == []


def test_a_lane_that_waits_holds_no_job() -> None:
    """What a job held is let go when it is done, not when the next one comes."""
    lane, held, gone = Lane("test"), threading.Event(), threading.Event()
    weakref.finalize(held, gone.set)
    lane.submit(partial(held.wait, 0)).result(20)
    del held
    assert gone.wait(20)
    lane.close()


def test_closing_the_io_lane_cancels_what_runs() -> None:
    """A coroutine that waits for ever is cancelled by `close` and may clean up."""
    lane, cleaned, started = IoLane(), list[bool](), threading.Event()

    async def for_ever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.append(True)

    future = lane.submit(for_ever())
    started.wait(20)
    lane.close()
    assert cleaned == [True]
    with pytest.raises(CancelledError):
        future.result(20)


def test_work_that_cannot_be_stopped_does_not_hold_the_end() -> None:
    """`close` returns after its time-out although a thread that the loop waits for still blocks."""
    lane, go = IoLane("test"), threading.Event()
    begun = threading.Event()

    def block() -> None:
        begun.set()
        go.wait(20)

    work = lane.submit(asyncio.to_thread(block))
    assert begun.wait(20)
    lane.close(timeout_s=0.05)
    assert work.cancelled()
    go.set()


def test_what_fails_unseen_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Work that nobody waits for is logged when it fails, on either lane; not when it was cancelled."""

    async def fail() -> None:
        raise ZeroDivisionError("unseen")

    lane, io = Lane("test"), IoLane()
    logged(lane.submit(lambda: 1 / 0), "the sum is missing")
    logged(io.submit(fail()), "the coroutine ended")
    logged(io.submit(asyncio.sleep(60)), "cancelled")
    lane.close()
    io.close()
    said = (record.getMessage() for record in caplog.records if record.name == "supportdesk.lanes")
    assert sorted(said) == [
        "the coroutine ended: unseen",
        "the sum is missing: division by zero",
    ]
