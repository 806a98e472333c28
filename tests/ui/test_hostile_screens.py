"""R12 on whole screens: an account that holds nothing but hostile texts is shown, and nothing happens."""

import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QToolTip, QWidget

from supportdesk.app.places import place_of
from supportdesk.app.screens import SCREENS, Route, ScreenSpec
from supportdesk.domain.projections import ItemKind, ItemQuery, OpenState, TicketQuery
from supportdesk.replica.reader import Reader
from tests.support.app import Desktop, demo_app
from tests.support.canary import Canary, canary
from tests.support.hostile_texts import texts
from tests.support.poisoned import poisoned
from tests.support.seen import visible
from tests.support.text_kinds import text_widgets

pytestmark = [pytest.mark.second_stage, pytest.mark.timeout(900)]

SIZE = (1120, 760)
MOST = 12
"""Conversations that are opened of a kind; each shows some ten texts."""
_ROWS = 20
"""Of a list whose tool tips are shown."""
ITEMS: tuple[ItemKind, ...] = ("document", "order", "subscription")
VENDORS = {
    **dict.fromkeys(("documents", "document", "subscriptions", "subscription"), "retail"),
    **dict.fromkeys(("orders", "order", "new_order"), "orders"),
}


@pytest.fixture
def bird(tmp_path: Path) -> Iterator[Canary]:
    text_widgets()  # imports them all: some look for libraries of the system then
    with canary(tmp_path / "canary") as bird:
        yield bird


@pytest.mark.parametrize("spec", SCREENS, ids=lambda spec: str(spec.id))
def test_no_screen_does_what_a_text_says(
    spec: ScreenSpec, qapp: QApplication, bird: Canary, tmp_path: Path
) -> None:
    """Drawn with rows and tool tips: nothing is opened, no markup is read, nothing is pushed aside."""
    folder = tmp_path / "data"
    with (
        poisoned(texts(bird.addresses)) as poison,
        demo_app(folder, VENDORS.get(spec.id, "practice")) as desktop,
    ):
        desktop.window.resize(*SIZE)
        desktop.settle()
        strange(bird, folder)  # the start's own
        for route in routes(spec, desktop):
            desktop.window.go(route)
            desktop.settle()
            look(desktop.window)
            where = f"{spec.id} {route.args}"
            assert strange(bird, folder) == [], where
            assert trouble(desktop.window) == [], where
        assert poison.dealt > 100


def routes(spec: ScreenSpec, desktop: Desktop) -> list[Route]:
    """The screen, or the screen with each of the first things that it can be about."""

    account_id = desktop.account_id

    def found(reader: Reader) -> list[Route]:
        if spec.id == "ticket":
            query = TicketQuery(account_id, open_state=OpenState.ALL)
            return [place_of("ticket", row.id) for row in reader.ticket_window(query, 0, MOST)]
        for kind in ITEMS:
            if spec.id == kind:
                rows = reader.item_window(ItemQuery(account_id, kind), 0, MOST)
                return [place_of(kind, row.id) for row in rows]
        return [Route(spec.id)]

    return desktop.workspace.store.read(found).result(30)


def look(window: QWidget) -> None:
    """As somebody does who rests the pointer on everything."""
    window.grab()
    for widget in visible(window):
        for tip in (widget.toolTip(), *_tips_of_rows(widget)):
            if tip:
                QToolTip.showText(QPoint(0, 0), tip, widget)
    QToolTip.hideText()
    QApplication.processEvents()


def _tips_of_rows(widget: QWidget) -> Iterator[str]:
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row, column in product(range(min(_ROWS, model.rowCount(QModelIndex()))), range(columns)):
        yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def trouble(window: QWidget) -> list[str]:
    """Markup that is read, and what a text pushed out of its place."""
    found = [] if (window.width(), window.height()) == SIZE else [f"the window became {window.size()}"]
    for widget in (each for each in visible(window) if each.window() is window):
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{type(widget).__name__} reads markup: {widget.text()[:80]!r}")
        tips = (widget.toolTip(), *_tips_of_rows(widget))
        found += [
            f"{type(widget).__name__} has the tool tip {tip[:80]!r}" for tip in tips if not _is_plain(tip)
        ]
        if not _is_in(widget, window):
            names = " in ".join(type(each).__name__ for each in _around(widget))
            found.append(f"{names}: {widget.mapTo(window, QPoint()).x()} + {widget.width()} is outside")
    return found


def _is_plain(tip: str) -> bool:
    """Nothing that Qt takes for markup, or one paragraph without any sign of it: see `plain_tooltip`."""
    inside = tip.removeprefix('<p style="white-space:pre-wrap">').removesuffix("</p>")
    return not GuiQt.mightBeRichText(tip) or (inside != tip and "<" not in inside)


def _around(widget: QWidget) -> Iterator[QWidget]:
    above: QWidget | None = widget
    while above is not None and not above.isWindow():
        yield above
        above = above.parentWidget()


def _is_in(widget: QWidget, window: QWidget) -> bool:
    """From side to side; downwards pages scroll."""
    left = widget.mapTo(window, QPoint()).x()
    return left >= 0 and left + widget.width() <= window.width()


def strange(bird: Canary, folder: Path) -> list[str]:
    """What was touched, but for the data folder, the system's name and time, and the reader of documents."""
    own = (str(folder), sys.executable, "/etc/os-release", "zoneinfo", "timezone", "/clock")
    return [
        each
        for each in bird.touched()
        if not any(place in each for place in own) and not re.match(r"open \(\d+,\)", each)
    ]
