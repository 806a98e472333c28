"""100,000 tickets: opening the list, its filters, typing into its search, scrolling it."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.app.ticket_list import TicketList
from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.domain.projections import OpenState, SortBy, TicketQuery, Whose
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from tests.bench.asking import answered
from tests.bench.eye import FRAME_MS, Eye, Took, clocked, hand_to_eye, slow_ones, watched
from tests.bench.measure import Line
from tests.bench.raw import PAGE_ROWS, RawTickets
from tests.bench.window import opened_anew, screen_of, window_on
from tests.bench.world import ACCOUNT, PROFILE, furnish
from tests.support.app import Desktop

TICKETS = 100_000
_SERVICE = PROFILE.catalogue.services[0].id
_EVERYTHING = TicketQuery(ACCOUNT.id, open_state=OpenState.ALL)
_lines = partial(hand_to_eye, "list")
_p99 = partial(slow_ones, "list")
_TYPED = ("printer", "invoice scanner", "100042", "morning", "backup login", "calendar")

QUERIES: dict[str, TicketQuery] = {
    "open tickets (as the list opens)": TicketQuery(ACCOUNT.id),
    "mine": TicketQuery(ACCOUNT.id, whose=Whose.MINE),
    "colleagues": TicketQuery(ACCOUNT.id, whose=Whose.COLLEAGUES),
    "closed": TicketQuery(ACCOUNT.id, open_state=OpenState.CLOSED),
    "open and closed": _EVERYTHING,
    "a status": TicketQuery(ACCOUNT.id, statuses=("in_progress",)),
    "a module": TicketQuery(ACCOUNT.id, service_id=_SERVICE),
    "mine, a status, a module": TicketQuery(
        ACCOUNT.id, whose=Whose.MINE, statuses=("in_progress",), service_id=_SERVICE
    ),
    "order: reported": TicketQuery(ACCOUNT.id, sort=SortBy.CREATED),
    "order: number": TicketQuery(ACCOUNT.id, sort=SortBy.NUMBER),
    "order: subject": TicketQuery(ACCOUNT.id, sort=SortBy.SUBJECT, descending=False),
    "order: status": TicketQuery(ACCOUNT.id, sort=SortBy.STATUS),
    "order: priority": TicketQuery(ACCOUNT.id, sort=SortBy.PRIORITY),
    "text: two letters": TicketQuery(ACCOUNT.id, text="pr"),
    "text: a common word": TicketQuery(ACCOUNT.id, text="printer"),
    "text: two words": TicketQuery(ACCOUNT.id, text="printer invoice"),
    "text: a number": TicketQuery(ACCOUNT.id, text="100042"),
}


def lines(folder: Path, repeats: int, tickets: int = TICKETS) -> list[Line]:
    """`folder` is empty; it becomes the data folder."""
    furnish(folder, tickets)
    raw = RawTickets(folder)
    try:
        return [
            *answered("list", folder, TicketList, QUERIES, raw.first_page, repeats),
            *_seen(folder, raw, repeats),
        ]
    finally:
        raw.close()


def _seen(folder: Path, raw: RawTickets, repeats: int) -> list[Line]:
    """From the hand of the person to the painted window."""
    with watched(TicketListView) as eye, window_on(folder) as desktop:
        desktop.go("tickets")
        return [
            *_opened(desktop, eye, raw, repeats),
            *_filtered(desktop, eye, raw, repeats),
            *_typed(desktop, eye, raw),
            *_scrolled(desktop, eye, raw, repeats),
        ]


def _opened(desktop: Desktop, eye: Eye, raw: RawTickets, repeats: int) -> list[Line]:
    """The list and the ticket beside it."""
    took = opened_anew(
        desktop,
        eye,
        partial(TicketsScreen, screen_of(desktop, TicketsScreen).context),
        lambda screen: screen.presenter.state.loaded,
        lambda: raw.first_page(TicketQuery(ACCOUNT.id)),
        max(3, repeats // 3),
    )
    return _lines("opened, its widgets made anew", *took)


def _filtered(desktop: Desktop, eye: Eye, raw: RawTickets, repeats: int) -> list[Line]:
    """All filters and orders but the search, each after another one."""
    presenter = screen_of(desktop, TicketsScreen).presenter
    queries = [query for query in QUERIES.values() if not query.text]
    presenter.ask(queries[-1])
    desktop.settle()
    mine, theirs = [], []
    for _turn in range(max(3, repeats // 2)):
        for query in queries:
            arrived = _has(presenter, lambda state, query=query: state.query == query)  # type: ignore[misc]
            mine.append(eye.wait(lambda query=query: presenter.ask(query), arrived))  # type: ignore[misc]
            theirs.append(clocked(lambda query=query: raw.first_page(query)))  # type: ignore[misc]
    return _lines("a filter or order chosen, p95", mine, theirs, quantile=0.95, most=FRAME_MS)


def _typed(desktop: Desktop, eye: Eye, raw: RawTickets) -> list[Line]:
    """Letter by letter into the search field, with real key events."""
    screen = screen_of(desktop, TicketsScreen)
    screen.presenter.ask(_EVERYTHING)
    desktop.settle()
    field = screen._filter.search
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    mine, theirs = [], []
    for text in _TYPED:
        for end in range(1, len(text) + 1):
            typed = text[:end]
            if typed.endswith(" "):  # asks for nothing new
                QTest.keyClicks(field, " ")
                continue
            arrived = _has(screen.presenter, lambda state, typed=typed: state.query.text == typed.strip())  # type: ignore[misc]
            mine.append(
                eye.wait(lambda letter=text[end - 1]: QTest.keyClicks(field, letter), arrived)  # type: ignore[misc]
            )
            query = msgspec.structs.replace(_EVERYTHING, text=typed)
            theirs.append(clocked(lambda query=query: raw.first_page(query)))  # type: ignore[misc]
        eye.wait(
            lambda: QTest.keyClick(field, Qt.Key.Key_Escape),
            _has(screen.presenter, lambda state: state.query.text == ""),
        )
    return _lines(
        f"a letter typed into the search ({len(mine)}), p95", mine, theirs, quantile=0.95, most=FRAME_MS
    )


def _has(presenter: TicketList, shows: Callable[[TicketListState], bool]) -> Callable[[], bool]:
    return lambda: presenter.state.loaded and shows(presenter.state)


def _scrolled(desktop: Desktop, eye: Eye, raw: RawTickets, repeats: int) -> list[Line]:
    screen = screen_of(desktop, TicketsScreen)
    view = screen._rows.list
    screen.presenter.ask(_EVERYTHING)
    desktop.settle()
    bar, model = view.verticalScrollBar(), screen._rows.model
    chance = random.Random(7)

    def rows_are_here() -> bool:
        first, last = view.rows_in_sight()
        return all(model.ticket(row) is not None for row in range(first, last + 1))

    def to(value: int) -> tuple[Took, Took]:
        took = eye.wait(lambda: bar.setValue(value), rows_are_here)
        row = view.anchor()[0] // PAGE_ROWS * PAGE_ROWS
        return took, clocked(lambda: raw.page(_EVERYTHING, row))

    bar.setValue(0)
    pages = [to(bar.value() + bar.pageStep()) for _page in range(10 * repeats)]
    jumps = [to(chance.randrange(bar.maximum())) for _jump in range(3 * repeats)]
    return [*_p99("scrolled a page", pages), *_p99("scrolled to any place", jumps)]
