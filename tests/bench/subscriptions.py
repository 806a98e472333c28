"""10,000 subscriptions: opening their tree, asking what is installed, folding and scrolling it."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeView

from supportdesk.app.subscriptions import SubscriptionsPresenter
from supportdesk.domain.projections import ItemQuery
from supportdesk.ui.screens.subscriptions.screen import SubscriptionsScreen
from supportdesk.ui.screens.subscriptions.tree_view import SubscriptionTree
from tests.bench.eye import FRAME_MS, Eye, Took, clocked, hand_to_eye, slow_ones, watched
from tests.bench.goods import subscription, supply
from tests.bench.measure import Line, in_turn, timed
from tests.bench.raw import RawItems
from tests.bench.window import opened_anew, screen_of, window_on
from tests.bench.world import ACCOUNT, furnish
from tests.support.app import Desktop
from tests.support.workspace import Loop, running

SUBSCRIPTIONS = 10_000
_ALL_ROWS = -1
_EVERYTHING = ItemQuery(ACCOUNT.id, "subscription")
_TEXTS = ("pr", "printer", "printer login", "303042")
_NOTHING = "teleskope"
_TYPED = ("printer", "invoice", "303042", "backup")
_lines = partial(hand_to_eye, "subscriptions")
_p99 = partial(slow_ones, "subscriptions")


def lines(folder: Path, repeats: int, subscriptions: int = SUBSCRIPTIONS) -> list[Line]:
    """`folder` is empty; it becomes the data folder."""
    furnish(folder, 0)
    supply(folder, map(subscription, range(subscriptions)))
    raw = RawItems(folder)
    try:
        return [*_reading(folder, raw, repeats), *_seen(folder, raw, subscriptions, repeats)]
    finally:
        raw.close()


def _reading(folder: Path, raw: RawItems, repeats: int) -> list[Line]:
    """From the question to the presenter's state, without a window."""
    loop = Loop()
    with running(folder, loop) as opened:

        def read() -> SubscriptionsPresenter:
            presenter = SubscriptionsPresenter(opened.workspace, ACCOUNT.id)
            loop.drain(lambda: presenter.state.loaded)
            return presenter

        presenter = read()
        asked: dict[str, tuple[Callable[[], object], ItemQuery]] = {
            "the whole tree (as it opens)": (lambda: read().close(), _EVERYTHING)
        }
        for text in (*_TEXTS, _NOTHING):
            name = "text: nothing is called so" if text == _NOTHING else f"text: {text}"
            query = ItemQuery(ACCOUNT.id, "subscription", text=text)
            asked[name] = (partial(presenter.search, text), query)
        found = []
        for name, (ask, query) in asked.items():
            floor = timed(partial(raw.page, query, 0, _ALL_ROWS))
            mine, theirs = in_turn(repeats, timed(ask), floor)
            found.append(Line("subscriptions: question to answer", name, "ms", mine, theirs, most_times=2))
        presenter.close()
    return found


def _seen(folder: Path, raw: RawItems, subscriptions: int, repeats: int) -> list[Line]:
    """From the hand of the person to the painted window."""
    with watched(SubscriptionTree) as eye, window_on(folder) as desktop:
        desktop.go("subscriptions")
        with _bare(desktop, subscriptions) as bare:
            return [
                *_opened(desktop, eye, bare, repeats),
                *_folded(desktop, eye, bare, repeats),
                *_typed(desktop, eye, raw),
                *_scrolled(desktop, eye, bare, repeats),
            ]


class _BareTree(QTreeView):
    """What a plain Qt program would show: names."""

    def __init__(self, subscriptions: int) -> None:
        super().__init__()
        self._names = QStandardItemModel(self)
        self._facts = [subscription(number) for number in range(subscriptions)]
        self.setUniformRowHeights(True)
        self.setHeaderHidden(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)

    def fill(self) -> None:
        self.setModel(None)
        self._names.clear()
        items: dict[str | None, QStandardItem] = {None: self._names.invisibleRootItem()}
        for fact in self._facts:
            item = items[fact.id] = QStandardItem(fact.name)
            items[fact.parent_id].appendRow(item)
        self.setModel(self._names)
        self.expandAll()

    def fold(self, *, closed: bool) -> None:
        self.collapseAll() if closed else self.expandAll()


class _Bare:
    def __init__(self, eye: Eye, view: _BareTree) -> None:
        self._eye, self.view = eye, view

    def took(self, act: Callable[[], object]) -> Took:
        return self._eye.wait(act, lambda: True)


@contextmanager
def _bare(desktop: Desktop, subscriptions: int) -> Iterator[_Bare]:
    """As large as the tree in the window."""
    tree = screen_of(desktop, SubscriptionsScreen)._list.tree
    with watched(_BareTree) as eye:
        view = _BareTree(subscriptions)
        view.resize(tree.size())
        view.fill()
        view.show()
        try:
            yield _Bare(eye, view)
        finally:
            view.close()
            view.deleteLater()


def _opened(desktop: Desktop, eye: Eye, bare: _Bare, repeats: int) -> list[Line]:
    """The tree and the subscription beside it."""
    took = opened_anew(
        desktop,
        eye,
        partial(SubscriptionsScreen, screen_of(desktop, SubscriptionsScreen).context),
        lambda screen: screen.presenter.state.loaded,
        partial(bare.took, bare.view.fill),
        max(3, repeats // 3),
    )
    return _lines("opened, its widgets made anew", *took)


def _folded(desktop: Desktop, eye: Eye, bare: _Bare, repeats: int) -> list[Line]:
    """All at once, and all at once open again."""
    tree = screen_of(desktop, SubscriptionsScreen)._list.tree
    mine, theirs = [], []
    for closed in (True, False) * max(3, repeats // 3):
        mine.append(eye.wait(partial(tree.set_all_closed, closed=closed), lambda: True))
        theirs.append(bare.took(partial(bare.view.fold, closed=closed)))
    return _lines("all folded, or opened again", mine, theirs)


def _typed(desktop: Desktop, eye: Eye, raw: RawItems) -> list[Line]:
    """Letter by letter into the search field, with real key events."""
    screen = screen_of(desktop, SubscriptionsScreen)
    field = screen._list.search
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    mine, theirs = [], []

    def is_told(text: str) -> Callable[[], bool]:
        return lambda: screen.presenter.state.search == text

    for text in _TYPED:
        for end in range(1, len(text) + 1):
            typed = text[:end]
            mine.append(eye.wait(partial(QTest.keyClicks, field, typed[-1]), is_told(typed)))
            query = ItemQuery(ACCOUNT.id, "subscription", text=typed)
            theirs.append(clocked(partial(raw.page, query, 0, _ALL_ROWS)))
        eye.wait(partial(QTest.keyClick, field, Qt.Key.Key_Escape), is_told(""))
    return _lines(
        f"a letter typed into the search ({len(mine)}), p95", mine, theirs, quantile=0.95, most=FRAME_MS
    )


def _scrolled(desktop: Desktop, eye: Eye, bare: _Bare, repeats: int) -> list[Line]:
    bars = [
        view.verticalScrollBar() for view in (screen_of(desktop, SubscriptionsScreen)._list.tree, bare.view)
    ]
    chance = random.Random(7)

    def to(share: float) -> tuple[Took, Took]:
        ours, theirs = (partial(bar.setValue, round(share * bar.maximum())) for bar in bars)
        return eye.wait(ours, lambda: True), bare.took(theirs)

    page = bars[0].pageStep() / bars[0].maximum()
    for bar in bars:
        bar.setValue(0)
    pages = [to(page * turn) for turn in range(1, 10 * repeats + 1)]
    jumps = [to(chance.random()) for _jump in range(3 * repeats)]
    return [*_p99("scrolled a page", pages), *_p99("scrolled to any place", jumps)]
