"""Greeting, tiles and what waits for the customer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportdesk import i18n
from supportdesk.app.home import HomePresenter, greeting, waiting_cell
from supportdesk.app.screens import Route
from supportdesk.clock import HERE
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.projections import HomeCounts, Waiting
from tests.support.workspace import Loop, demo_account, running

UNTIL = datetime(2026, 12, 2, 22, 59, tzinfo=UTC)


def iso_day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening"), (2, "Hello")],
)
def test_the_greeting_follows_the_clock_on_the_wall(hour: int, words: str) -> None:
    """Each part of the day has its own greeting, by local time."""
    moment = datetime(2026, 11, 21, hour, tzinfo=HERE)
    assert greeting("Jana Wiebe", moment) == f"{words}, Jana"


def test_german_greets_with_the_whole_name() -> None:
    """With the polite form a first name alone would be too familiar."""
    i18n.set_language("de")
    assert "Jana Wiebe" in greeting("Jana Wiebe", datetime(2026, 11, 21, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("waiting", "title", "line", "route"),
    [
        (
            Waiting("answer", "t1", "Wrong paper", "1042"),
            "Answer ticket #1042",
            "Wrong paper",
            Route("ticket", {"ticket_id": "t1"}),
        ),
        (
            Waiting("solution", "t2", "Slow", "1038", UNTIL),
            "Confirm solution #1038",
            "Reopen possible until 2026-12-02",
            Route("ticket", {"ticket_id": "t2"}),
        ),
        (
            Waiting("confirm", "n1", "New form", until=UNTIL),
            "Confirm by 2026-12-02",
            "New form",
            Route("information", {"publication_id": "n1"}),
        ),
        (
            Waiting("read", "n2", "Maintenance"),
            "Please read",
            "Maintenance",
            Route("information", {"publication_id": "n2"}),
        ),
        (
            Waiting("needs_user", "c1", "Lost key"),
            "Could not be sent",
            "Lost key",
            Route("outbox", {"command_id": "c1"}),
        ),
        (Waiting("sign_in", "a", ""), "Sign in again", "Nothing is sent until then", None),
    ],
)
def test_each_thing_waiting_says_what_to_do_and_leads_there(
    waiting: Waiting, title: str, line: str, route: Route | None
) -> None:
    """Title, line and place of every kind."""
    cell = waiting_cell(waiting, iso_day)
    assert (cell.title, cell.line, cell.route) == (title, line, route)


@pytest.fixture(scope="module")
def loop() -> Loop:
    return Loop()


def test_home_shows_the_vendors_tiles_in_the_vendors_order_and_words(tmp_path: Path, loop: Loop) -> None:
    """The profile decides order and wording, the capabilities decide what is there at all."""
    with running(tmp_path, loop) as opened:
        account = demo_account(opened)
        profile = profiles.load(profiles.bundled_path("practice"))
        offers = Capabilities(frozenset({Capability.TICKETS, Capability.NOTICES}))
        presenter = HomePresenter(opened.workspace, account, profile, offers)
        loop.drain(lambda: presenter.state.counts is not None)
        tiles = presenter.tiles()
        assert [tile.route.screen for tile in tiles] == ["report", "tickets", "information", "settings"]
        assert tiles[0].primary
        assert tiles[2].line == "Notices from Medora"
        counts = presenter.state.counts or HomeCounts()
        assert tiles[1].line == f"{counts.open_tickets} open, also from colleagues"
        presenter.close()


def test_home_reads_again_when_something_of_the_account_changed(tmp_path: Path, loop: Loop) -> None:
    """A change of another account is none of its business; one of its own is."""
    with running(tmp_path, loop) as opened:
        account = demo_account(opened)
        profile = profiles.load(profiles.bundled_path("practice"))
        presenter = HomePresenter(opened.workspace, account, profile, Capabilities())
        loop.drain(lambda: presenter.state.counts is not None)
        presenter.replace(presenter.state.__class__(counts=HomeCounts(drafts=99)))
        opened.workspace.write(lambda writer: writer.touch(account.id, "draft")).result(20)
        loop.drain(lambda: presenter.state.counts is not None and presenter.state.counts.drafts != 99)
        presenter.close()


def test_three_things_are_shown_until_all_are_asked_for(tmp_path: Path, loop: Loop) -> None:
    """The strip stays short; unfolding shows the rest."""
    with running(tmp_path, loop) as opened:
        account = demo_account(opened)
        profile = profiles.load(profiles.bundled_path("practice"))
        presenter = HomePresenter(opened.workspace, account, profile, Capabilities())
        loop.drain(lambda: presenter.state.counts is not None)
        many = tuple(Waiting("read", str(number), "x") for number in range(5))
        counts = replace(presenter.state.counts or HomeCounts(), waiting=many)
        presenter.replace(presenter.state.__class__(counts=counts))
        assert (len(presenter.state.waiting), presenter.state.waiting_count) == (3, 5)
        presenter.unfold()
        assert len(presenter.state.waiting) == 5
        presenter.close()
