"""What the chapters of the walk have in hand: the running program, the line to the desk, the album."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from supportdesk.app.settings import TEXT_PERCENT, THEME
from supportdesk.domain.projections import Link, TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.ui.widgets.toast import Toast
from tests.support.app import Desktop
from tests.tour.album import Album
from tests.tour.connection import Line
from tests.tour.variants import Variant

W = TypeVar("W", bound=QWidget)
USUAL, LEAST = QSize(1120, 760), QSize(720, 560)
_AWAY = QPoint(4, 60)
"""The margin of the top bar, where nothing answers to the pointer."""


@dataclass
class Guide:
    desktop: Desktop
    line: Line
    album: Album
    variant: Variant
    folder: Path
    """The data folder."""
    is_short: bool = False
    """Without what `show_extremes` shows, which takes the most time."""

    # Pictures

    def show(self, name: str, *over: QWidget) -> None:
        """A picture of the main window, once everything that was asked for is there; the pointer is away."""
        if not over:
            QTest.mouseMove(self.desktop.window, _AWAY)
        self.desktop.settle()
        self.album.take(name, self.desktop.window, *over)

    def show_window(self, name: str, window: QWidget) -> None:
        """A picture of another window, also while there is no main window."""
        for _turn in range(5):
            QApplication.processEvents()
        self.album.take(name, window)

    def resize(self, size: QSize) -> None:
        window = self.desktop.window
        window.resize(size)
        self.desktop.wait(lambda: window.size() == size, f"the window is {size.width()} wide")
        self.desktop.settle()

    def show_extremes(self, name: str) -> None:
        """The screen as it stands: in the smallest window, with the largest text, in high contrast."""
        if self.is_short:
            return
        chosen = self.desktop.workspace.settings
        self.resize(LEAST)
        self.show(f"{name}-least")
        self.resize(USUAL)
        chosen.set(TEXT_PERCENT, 200)
        self.show(f"{name}-200-percent")
        chosen.set(TEXT_PERCENT, 100)
        chosen.set(THEME, "high-contrast")
        self.show(f"{name}-high-contrast")
        chosen.set(THEME, self.variant.theme)
        self.resize(USUAL)

    # Hands

    def fill(self, kind: type[W], label: str, text: str, within: QWidget | None = None) -> W:
        """Replaces what stands in the field, as a person who pastes."""
        field = self.desktop.find(kind, label, within)
        put(field, text)
        self.desktop.settle()
        return field

    def next(self) -> None:
        self.desktop.click(_("Next"))

    def without_toast(self) -> None:
        for toast in self.desktop.window.findChildren(Toast):
            toast.dismiss()
        self.desktop.settle()

    def escape(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.desktop.window, Qt.Key.Key_Escape)
        self.desktop.settle()

    # Facts

    def synchronise(self) -> None:
        self.desktop.workspace.sync.once(self.desktop.account_id, 30).result(60)
        self.desktop.settle()

    def set_offline(self, offline: bool) -> None:
        self.desktop.workspace.sync.go_offline(offline)
        self.wait_for_link({Link.OFFLINE} if offline else {Link.ONLINE})

    def wait_for_link(self, links: Iterable[Link]) -> None:
        wanted = frozenset(links)
        workspace, account = self.desktop.workspace, self.desktop.account_id
        self.desktop.wait(lambda: workspace.sync.state(account).link in wanted, f"the link is {wanted}")
        self.desktop.settle()

    def tickets(self, **query: object) -> tuple[TicketRow, ...]:
        asked = TicketQuery(self.desktop.account_id, **query)  # type: ignore[arg-type]
        return self.desktop.workspace.read(lambda reader: reader.ticket_window(asked, 0, 200)).result(30)

    def ticket(self, fits: Callable[[TicketRow], bool], **query: object) -> TicketRow:
        """The first one that fits; waits until there is one."""
        found: list[TicketRow] = []

        def search() -> bool:
            found[:] = [row for row in self.tickets(**query) if fits(row)]
            return bool(found)

        self.desktop.wait(search, "such a ticket")
        return found[0]

    def in_stage(self, stage: Stage, **query: object) -> TicketRow:
        return self.ticket(lambda row: row.stage is stage, **query)


def put(field: QWidget, text: str) -> None:
    editor = getattr(field, "editor", field)
    assert isinstance(editor, QLineEdit | QPlainTextEdit)
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    editor.selectAll()
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def drag(widget: QWidget, *path: QPointF) -> None:
    """With the left button, over all points."""
    points = [point.toPoint() for point in path]
    QTest.mouseMove(widget, points[0])
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=points[-1])


def top_level(kind: type[W]) -> W | None:
    for widget in QApplication.topLevelWidgets():
        with suppress(RuntimeError):  # it is just being deleted
            if isinstance(widget, kind) and widget.isVisible():
                return widget
    return None
