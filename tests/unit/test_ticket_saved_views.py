"""Filters under a name."""

from pathlib import Path

import pytest

from supportdesk.app import saved_views
from supportdesk.app.settings import SAVED_VIEWS, Settings
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.projections import OpenState, SortBy, TicketQuery, Whose
from supportdesk.lanes import Lane

QUERY = TicketQuery(
    "account",
    Whose.MINE,
    OpenState.CLOSED,
    ("closed",),
    "devices",
    "printer",
    SortBy.SUBJECT,
    descending=False,
)


@pytest.fixture
def settings(tmp_path: Path):  # type: ignore[no-untyped-def]
    lane = Lane("settings")
    yield Settings(tmp_path / "settings.json", lane)
    lane.close()


def test_a_view_means_the_same_for_every_account() -> None:
    """A view brings back each filter and leaves the account alone."""
    view = saved_views.view_of(QUERY, "  My  printers ")
    other = view.applied(TicketQuery("another"))
    assert view.name == "My printers"
    assert other == TicketQuery(
        "another",
        Whose.MINE,
        OpenState.CLOSED,
        ("closed",),
        "devices",
        "printer",
        SortBy.SUBJECT,
        descending=False,
    )
    assert view.shows(QUERY)
    assert not view.shows(TicketQuery("account"))


def test_views_survive_in_the_settings(settings: Settings) -> None:
    """What is stored is what is loaded."""
    views = (saved_views.view_of(QUERY, "one"), saved_views.view_of(TicketQuery(None), "two"))
    saved_views.store(settings, views)
    assert saved_views.load(settings) == views


def test_a_name_is_used_once() -> None:
    """Saving under a known name replaces that view in its place."""
    one, two = saved_views.view_of(QUERY, "one"), saved_views.view_of(QUERY, "two")
    again = saved_views.view_of(TicketQuery(None), "one")
    assert saved_views.with_view((one, two), again) == (again, two)
    assert saved_views.with_view((one,), two) == (one, two)


@pytest.mark.parametrize("name", ["", "   ", "x" * 41])
def test_a_name_is_needed(name: str) -> None:
    """An empty or endless name is refused with a sentence."""
    with pytest.raises(InvalidInput):
        saved_views.view_of(QUERY, name)


def test_too_many_views_are_refused(settings: Settings) -> None:
    """There is a limit, and reaching it loses nothing."""
    views = tuple(saved_views.view_of(QUERY, str(number)) for number in range(31))
    with pytest.raises(InvalidInput):
        saved_views.store(settings, views)
    assert saved_views.load(settings) == ()


def test_damaged_views_are_none(settings: Settings) -> None:
    """What cannot be read any more does not keep the list from opening."""
    settings.set(SAVED_VIEWS, '[{"name": 3}]')
    assert saved_views.load(settings) == ()
