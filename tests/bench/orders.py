"""10,000 orders: opening the list, its filters, typing into its search, turning pages, scrolling it."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from supportdesk.app.orders import OrderList, OrderListState
from supportdesk.app.settings import ORDERS_PER_PAGE
from supportdesk.domain.projections import ItemQuery, ItemSort, OpenState
from supportdesk.ui.screens.orders.list_screen import OrdersScreen
from supportdesk.ui.screens.orders.order_rows import OrderRows
from tests.bench.asking import answered
from tests.bench.eye import FRAME_MS, Eye, Took, clocked, hand_to_eye, slow_ones, watched
from tests.bench.goods import order, supply
from tests.bench.measure import Line
from tests.bench.raw import PAGE_ROWS, RawItems
from tests.bench.window import opened_anew, screen_of, window_on
from tests.bench.world import ACCOUNT, furnish
from tests.support.app import Desktop

ORDERS = 10_000
_PER_PAGE = 50
_OPEN = ItemQuery(ACCOUNT.id, "order", open_state=OpenState.OPEN, sort=ItemSort.CREATED)
_EVERYTHING = msgspec.structs.replace(_OPEN, open_state=OpenState.ALL)
_TYPED = ("printer", "invoice scanner", "203042", "ret-login", "backup")
_lines = partial(hand_to_eye, "orders")
_p99 = partial(slow_ones, "orders")


def _but(**changes: object) -> ItemQuery:
    return msgspec.structs.replace(_EVERYTHING, **changes)


QUERIES: dict[str, ItemQuery] = {
    "open orders (as the list opens)": _OPEN,
    "all orders": _EVERYTHING,
    "order: last change": _but(sort=ItemSort.UPDATED),
    "order: reference": _but(sort=ItemSort.TITLE, descending=False),
    "open orders, order: reference": _but(open_state=OpenState.OPEN, sort=ItemSort.TITLE, descending=False),
    "text: two letters": _but(text="pr"),
    "text: a common word": _but(text="printer"),
    "text: two words": _but(text="printer invoice"),
    "text: a number": _but(text="203042"),
}


def lines(folder: Path, repeats: int, orders: int = ORDERS) -> list[Line]:
    """`folder` is empty; it becomes the data folder."""
    furnish(folder, 0)
    supply(folder, map(order, range(orders)))
    raw = RawItems(folder)
    try:
        return [
            *answered("orders", folder, OrderList, QUERIES, raw.first_page, repeats),
            *_seen(folder, raw, repeats),
        ]
    finally:
        raw.close()


def _seen(folder: Path, raw: RawItems, repeats: int) -> list[Line]:
    """From the hand of the person to the painted window."""
    with watched(OrderRows) as eye, window_on(folder) as desktop:
        desktop.go("orders")
        return [
            *_opened(desktop, eye, raw, repeats),
            *_filtered(desktop, eye, raw, repeats),
            *_typed(desktop, eye, raw),
            *_scrolled(desktop, eye, raw, repeats),
            *_turned(desktop, eye, raw, repeats),
        ]


def _opened(desktop: Desktop, eye: Eye, raw: RawItems, repeats: int) -> list[Line]:
    took = opened_anew(
        desktop,
        eye,
        partial(OrdersScreen, screen_of(desktop, OrdersScreen).context),
        lambda screen: screen.presenter.state.loaded,
        lambda: raw.first_page(_OPEN),
        max(3, repeats // 3),
    )
    return _lines("opened, its widgets made anew", *took)


def _filtered(desktop: Desktop, eye: Eye, raw: RawItems, repeats: int) -> list[Line]:
    """All filters and orders but the search, each after another one."""
    presenter = screen_of(desktop, OrdersScreen).presenter
    queries = [query for query in QUERIES.values() if not query.text]
    _ask(presenter, queries[-1])
    desktop.settle()
    mine, theirs = [], []
    for _turn in range(max(3, repeats // 2)):
        for query in queries:
            arrived = _has(presenter, lambda state, query=query: state.query == query)  # type: ignore[misc]
            mine.append(eye.wait(lambda query=query: _ask(presenter, query), arrived))  # type: ignore[misc]
            theirs.append(clocked(lambda query=query: raw.first_page(query)))  # type: ignore[misc]
    return _lines("a filter or order chosen, p95", mine, theirs, quantile=0.95, most=FRAME_MS)


def _ask(presenter: OrderList, query: ItemQuery) -> None:
    presenter.filter(**msgspec.structs.asdict(query))


def _typed(desktop: Desktop, eye: Eye, raw: RawItems) -> list[Line]:
    """Letter by letter into the search field, with real key events."""
    screen = screen_of(desktop, OrdersScreen)
    _ask(screen.presenter, _EVERYTHING)
    desktop.settle()
    field = screen._bar.search
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    mine, theirs = [], []
    for text in _TYPED:
        for end in range(1, len(text) + 1):
            typed = text[:end]
            if not typed[-1].isalnum():  # asks for nothing new
                QTest.keyClicks(field, typed[-1])
                desktop.settle()
                continue
            arrived = _has(screen.presenter, lambda state, typed=typed: state.query.text == typed)  # type: ignore[misc]
            mine.append(eye.wait(lambda letter=typed[-1]: QTest.keyClicks(field, letter), arrived))  # type: ignore[misc]
            theirs.append(clocked(lambda typed=typed: raw.first_page(_but(text=typed))))  # type: ignore[misc]
        eye.wait(
            lambda: QTest.keyClick(field, Qt.Key.Key_Escape),
            _has(screen.presenter, lambda state: state.query.text == ""),
        )
    return _lines(
        f"a letter typed into the search ({len(mine)}), p95", mine, theirs, quantile=0.95, most=FRAME_MS
    )


def _has(presenter: OrderList, shows: Callable[[OrderListState], bool]) -> Callable[[], bool]:
    return lambda: presenter.state.loaded and shows(presenter.state)


def _scrolled(desktop: Desktop, eye: Eye, raw: RawItems, repeats: int) -> list[Line]:
    rows = screen_of(desktop, OrdersScreen)._rows
    bar, chance = rows.verticalScrollBar(), random.Random(7)

    def rows_are_here() -> bool:
        first, last = rows.rows_in_sight()
        return all(rows.rows.order(row) is not None for row in range(first, last + 1))

    def to(value: int) -> tuple[Took, Took]:
        took = eye.wait(lambda: bar.setValue(value), rows_are_here)
        row = rows.rows_in_sight()[0] // PAGE_ROWS * PAGE_ROWS
        return took, clocked(lambda: raw.page(_EVERYTHING, row))

    bar.setValue(0)
    pages = [to(bar.value() + bar.pageStep()) for _page in range(10 * repeats)]
    jumps = [to(chance.randrange(bar.maximum())) for _jump in range(3 * repeats)]
    return [*_p99("scrolled a page", pages), *_p99("scrolled to any place", jumps)]


def _turned(desktop: Desktop, eye: Eye, raw: RawItems, repeats: int) -> list[Line]:
    """For who wants pages instead of scrolling."""
    desktop.workspace.settings.set(ORDERS_PER_PAGE, _PER_PAGE)
    screen = screen_of(desktop, OrdersScreen)
    screen.refresh()
    desktop.settle()

    def on() -> tuple[Took, Took]:
        page = screen.presenter.state.page + 1
        took = eye.wait(screen._pager._next.click, _has(screen.presenter, lambda state: state.page == page))
        return took, clocked(lambda: raw.page(_EVERYTHING, page * _PER_PAGE, _PER_PAGE))

    return _p99(f"turned to the next {_PER_PAGE}", [on() for _page in range(5 * repeats)])
