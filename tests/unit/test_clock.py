"""The zone of this computer, where summer time comes and goes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from supportdesk.clock import HERE
from supportdesk.domain.demo import moment
from tests.support.zones import zone

WINTER = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
SUMMER = datetime(2027, 7, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _berlin() -> Iterator[None]:
    with zone("Europe/Berlin"):
        yield


def test_noon_here_is_noon_in_summer_and_in_winter() -> None:
    """Each moment has the offset of its own day, and the days between are of the calendar."""
    assert WINTER.astimezone(HERE).isoformat() == "2027-03-01T12:00:00+01:00"
    assert SUMMER.astimezone(HERE).isoformat() == "2027-07-01T12:00:00+02:00"
    assert WINTER.astimezone(HERE).tzname() == "CET"
    assert (SUMMER.astimezone(HERE) - timedelta(days=122)).astimezone(UTC) == WINTER


@pytest.mark.parametrize("minutes", range(-90, 120, 15))
def test_no_moment_is_lost_where_an_hour_comes_twice(minutes: int) -> None:
    """On 31 October 2027 the clock goes from 3:00 back to 2:00, at 1:00 UTC."""
    at = datetime(2027, 10, 31, 1, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    assert at.astimezone(HERE).astimezone(UTC) == at


@pytest.mark.parametrize("now", [WINTER, SUMMER])
def test_a_demo_keeps_its_hours_and_days_across_the_change(now: datetime) -> None:
    """What was written at 8:30 was written at 8:30 then, and what ends with a day ends with that day."""
    here = now.astimezone(HERE)
    for days in (30, 150, 250):
        began = moment(f"{days}d 08:30", here).astimezone()
        assert (began.date(), began.hour) == (here.date() - timedelta(days=days), 8)
        ends = moment(f"+{days}d", here).astimezone()
        assert (ends.date(), ends.hour) == (here.date() + timedelta(days=days), 23)


def test_minutes_are_counted_as_they_pass() -> None:
    """Not as the hands of a clock say that was put back in between."""
    at = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)
    assert moment("90m", at.astimezone(HERE)) == at - timedelta(minutes=90)
    assert moment("+90m", at.astimezone(HERE)) == at + timedelta(minutes=90)
