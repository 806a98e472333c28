"""When the engine tries again."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from supportdesk.clock import now
from supportdesk.domain.errors import BackendUnreachable, ProtocolViolation
from supportdesk.sync.pace import Pace


@given(st.integers(1, 10_000), st.integers(0, 2**32))
def test_waits_grow_and_stay_below_the_longest(failures: int, seed: int) -> None:
    """However often it failed, the wait is half to all of the doubled one, up to the longest."""
    pace = Pace(dice=random.Random(seed))
    whole = min(pace.longest_retry_s, pace.first_retry_s * 2.0 ** min(failures - 1, 20))
    assert whole / 2 <= pace.retry_s(failures) <= whole


def test_what_the_backend_asks_for_wins() -> None:
    """Retry-After is obeyed exactly, also when it is longer than any wait of ours, and never negative."""
    pace = Pace()
    assert pace.retry_s(1, BackendUnreachable(retry_after_s=4000)) == 4000
    assert pace.retry_s(9, BackendUnreachable(retry_after_s=-5)) == 0
    assert pace.retry_s(1, ProtocolViolation()) <= pace.first_retry_s


def test_a_clock_that_was_set_back_stops_nothing() -> None:
    """A next try that lies further off than any wait is due now."""
    pace, moment = Pace(), now()
    assert pace.is_due(None, moment)
    assert pace.is_due(moment - timedelta(days=400), moment)
    assert not pace.is_due(moment + timedelta(seconds=pace.longest_retry_s - 1), moment)
    assert pace.is_due(moment + timedelta(days=400), moment)


def test_many_computers_do_not_come_at_once() -> None:
    """Polls and long queues are spread."""
    pace = Pace(dice=random.Random(1))
    polls = {pace.poll_wait_s() for _each in range(50)}
    assert len(polls) == 50
    assert all(0.8 * pace.poll_s <= each <= 1.2 * pace.poll_s for each in polls)
    assert all(0 <= pace.backlog_wait_s() <= pace.backlog_spread_s for _each in range(50))
    assert all(0 <= pace.between_s() < pace.backlog_spread_s for _each in range(50))
