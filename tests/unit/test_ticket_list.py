"""Your tickets, with a real replica and a real desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk import clock
from supportdesk.app.ticket_list import TicketList
from supportdesk.app.ticket_list_state import Face
from supportdesk.bootstrap import Running
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.projections import Account, Draft, OpenState, SortBy, TicketQuery, Whose
from supportdesk.domain.status import Stage
from tests.support.workspace import Loop, demo_account, running


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path, loop) as it:
        yield it


@pytest.fixture
def account(opened: Running) -> Account:
    return demo_account(opened)


@pytest.fixture
def tickets(opened: Running, account: Account, loop: Loop) -> Iterator[TicketList]:
    presenter = TicketList(opened.workspace, account.id)
    presenter.refresh()
    loop.drain(lambda: presenter.state.loaded)
    yield presenter
    presenter.close()


def reload(presenter: TicketList, loop: Loop) -> None:
    loop.drain(lambda: presenter.state.loaded and not presenter.jobs.busy(presenter, "list"))


def test_open_tickets_stand_first(tickets: TicketList) -> None:
    """At first all open tickets of the organisation are listed, the latest change on top."""
    state = tickets.state
    rows = [state.tickets.row(position) for position in range(state.tickets.total)]
    assert state.face is Face.ROWS
    assert state.tickets.total > 0
    assert all(row is not None and row.stage is not Stage.CLOSED for row in rows)
    changes = [row.updated_at for row in rows if row is not None]
    assert changes == sorted(changes, reverse=True)


def test_filters_narrow_the_list(tickets: TicketList, loop: Loop) -> None:
    """Mine, closed and words each show only what fits them."""
    tickets.filter(whose=Whose.MINE)
    reload(tickets, loop)
    mine = [tickets.state.tickets.row(i) for i in range(tickets.state.tickets.total)]
    assert mine
    assert all(row is not None and row.mine for row in mine)

    tickets.filter(whose=Whose.ALL, open_state=OpenState.CLOSED)
    reload(tickets, loop)
    closed = [tickets.state.tickets.row(i) for i in range(tickets.state.tickets.total)]
    assert closed
    assert all(row is not None and row.stage is Stage.CLOSED for row in closed)

    tickets.filter(open_state=OpenState.ALL, text="1042")
    reload(tickets, loop)
    found = tickets.state.tickets.row(0)
    assert found is not None
    assert found.number == "1042"


def test_a_watched_ticket_that_the_filters_leave_out_is_told(tickets: TicketList, loop: Loop) -> None:
    """Whose, open or closed and words alike, and no longer once it is listed again."""
    row = tickets.state.tickets.row(0)
    assert row is not None
    key = (row.account_id, row.id)
    tickets.watch(key)
    for left_out, filters in (
        (None, {"open_state": OpenState.ALL}),
        (key, {"open_state": OpenState.CLOSED}),
        (None, {"open_state": OpenState.OPEN, "text": row.subject}),
        (key, {"text": "zzz"}),
        (None, {"text": ""}),
    ):
        tickets.filter(**filters)
        reload(tickets, loop)
        assert tickets.state.left_out == left_out, filters


def test_nothing_found_is_not_nothing_there(tickets: TicketList, loop: Loop) -> None:
    """A search without hits says so; it does not claim that there are no tickets."""
    tickets.filter(text="zzzzqqqq")
    reload(tickets, loop)
    faces = [tickets.state.face]
    tickets.clear_filters()
    reload(tickets, loop)
    faces.append(tickets.state.face)
    assert faces == [Face.NO_MATCH, Face.ROWS]


def test_the_same_order_again_turns_round(tickets: TicketList, loop: Loop) -> None:
    """Sorting by the subject begins with A, asking again begins with Z."""
    tickets.sort(SortBy.SUBJECT)
    reload(tickets, loop)
    first = tickets.state.tickets.row(0)
    assert tickets.state.query.descending is False
    tickets.sort(SortBy.SUBJECT)
    reload(tickets, loop)
    last = tickets.state.tickets.row(tickets.state.tickets.total - 1)
    assert first is not None
    assert last is not None
    assert first.id == last.id


def test_drafts_and_unsent_tickets_stand_on_top(
    tickets: TicketList, opened: Running, account: Account, loop: Loop
) -> None:
    """What exists on this computer only is always listed; a search hides what does not fit."""
    opened.workspace.sync.go_offline(True)
    draft = Draft(clock.uuid7(), account.id, "report", "A half report", 2, b"{}", (), clock.now())
    unsent = Command(
        clock.uuid7(), clock.now(), CreateTicket("Sent while offline", "text", service_id="general")
    )
    opened.workspace.write(lambda w: w.save_draft(draft)).result(20)
    opened.workspace.write(lambda w: w.send(None, account.id, unsent)).result(20)
    loop.drain(lambda: len(tickets.state.local) == 2)
    assert {row.stage for row in tickets.state.local} == {Stage.DRAFT, Stage.OUTBOX}
    tickets.filter(text="half")
    reload(tickets, loop)
    assert [row.subject for row in tickets.state.local] == ["A half report"]


def test_a_deleted_draft_can_be_brought_back(
    tickets: TicketList, opened: Running, account: Account, loop: Loop
) -> None:
    """Deleting a draft hands over how to undo it."""
    draft = Draft(clock.uuid7(), account.id, "report", "Precious", 1, b"{}", (), clock.now())
    opened.workspace.write(lambda w: w.save_draft(draft)).result(20)
    loop.drain(lambda: len(tickets.state.local) == 1)
    undo: list[object] = []
    tickets.delete_draft(draft.id, undo.append)
    loop.drain(lambda: bool(undo) and not tickets.state.local)
    undo[0]()  # type: ignore[operator]
    loop.drain(lambda: [row.id for row in tickets.state.local] == [draft.id])


def test_an_answer_of_an_earlier_question_is_dropped(tickets: TicketList, loop: Loop) -> None:
    """When questions follow each other quickly, the last one is answered."""
    for text in ("a", "dr", "drucker"):
        tickets.filter(text=text, open_state=OpenState.ALL)
    reload(tickets, loop)
    expected = TicketQuery(tickets.state.query.account_id, open_state=OpenState.ALL, text="drucker")
    assert tickets.state.query == expected
    count = tickets.workspace.read(lambda r: r.ticket_count(expected)).result(20)
    assert tickets.state.tickets.total == count


def test_views_are_saved_shown_and_removed(tickets: TicketList, loop: Loop) -> None:
    """A saved view brings its filters back; removing it can be undone."""
    tickets.filter(whose=Whose.MINE, open_state=OpenState.ALL)
    assert tickets.save_view("") != ""
    assert tickets.save_view("Mine, all") == ""
    tickets.clear_filters()
    (view,) = tickets.state.views
    tickets.show_view(view)
    reload(tickets, loop)
    assert tickets.state.view == view
    undo = tickets.remove_view(view)
    assert not tickets.state.views
    undo()
    assert list(tickets.state.views) == [view]
