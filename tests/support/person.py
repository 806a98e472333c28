"""Somebody at the screen who follows a manual."""

import re
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import Desktop


class Person:
    """Does and sees what a person can; asks the program nothing else."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop

    def click(self, name: str, within: QWidget | None = None) -> None:
        self.desktop.click(name, within)

    def open_tile(self, name: str) -> None:
        self.desktop.window.resize(1120, 760)
        self.desktop.go("home")
        QTest.mouseClick(self.desktop.find(Tile, name), Qt.MouseButton.LeftButton)
        self.desktop.settle()

    def fill(self, kind: type[QLineEdit] | type[QPlainTextEdit], name: str, text: str) -> None:
        field = self.desktop.find(kind, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        self.desktop.settle()

    def choose(self, name: str, label: str) -> None:
        """With the arrow keys, from a list that drops down."""
        combo = self.desktop.find(Combo, name)
        combo.setFocus()
        QTest.keyClick(combo, Qt.Key.Key_Home)
        for _step in range(combo.count()):
            if combo.currentText() != label:
                QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentText() == label, f"“{name}” offers “{label}”"
        self.desktop.settle()

    def sees(self, words: str) -> None:
        """Waits until `words` stand somewhere on the screen, or a screen reader would say them."""
        self.desktop.wait(lambda: words in self._screen(), f"“{words}” is on the screen")

    def sees_not(self, words: str) -> None:
        assert words not in self._screen(), f"“{words}” is on the screen"

    def drop(self, area: QWidget, *files: Path, place: QPoint | None = None) -> None:
        """Into the middle where no place is named."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        copy, left, plain = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        place = place or area.rect().center()
        QApplication.sendEvent(area, QDragEnterEvent(place, copy, data, left, plain))
        QApplication.sendEvent(area, QDropEvent(QPointF(place), copy, data, left, plain))
        self.desktop.settle()

    def click_row(self, view: QAbstractItemView, words: str) -> None:
        """A click on the row that a screen reader calls by `words`."""
        self.desktop.wait(lambda: any(words in row for row in rows(view)), f"a row with “{words}”")
        at = next(at for at, row in enumerate(rows(view)) if words in row)
        index = view.model().index(at, 0)
        view.scrollTo(index)
        self.desktop.settle()
        place = view.visualRect(index).topLeft() + QPoint(60, 12)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.desktop.settle()

    def for_manual(self, picture: str) -> None:
        """Here the customers' manual has a picture; it is taken where `tests.manual.recorder` is loaded."""

    def _screen(self) -> str:
        shown = [w for window in QApplication.topLevelWidgets() if window.isVisible() for w in parts(window)]
        return "\n".join(said(widget) for widget in shown if widget.isVisible())


def rows(view: QAbstractItemView) -> list[str]:
    """What a screen reader says of each row."""
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(at, 0).data(role)) for at in range(model.rowCount())]


def numbers_in(view: QAbstractItemView) -> set[str]:
    """Of the tickets that are listed, with their #."""
    return set(re.findall(r"#\d+", "\n".join(rows(view))))


def parts(window: QWidget) -> list[QWidget]:
    return [window, *window.findChildren(QWidget)]


def said(widget: QWidget) -> str:
    own = ""
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        own = widget.text()
    elif isinstance(widget, SafeText):
        own = widget.plain_text()
    return f"{own}\n{widget.accessibleName()}\n{widget.accessibleDescription()}"


def put(field: QLineEdit, text: str) -> None:
    """Replaces what stands in the field, letter by letter."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
