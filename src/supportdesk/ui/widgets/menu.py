"""A menu whose entries, lines and submenus Python makes.

What `addAction(text)`, `addSeparator()` and `addMenu(title)` make is deleted by C++ unseen: the address that
PySide keeps belongs to another object later.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from supportdesk.ui.theme import theme


class Menu(QMenu):
    def entry(
        self, text: str, then: Callable[[], object], *, icon: str = "", checked: bool | None = None
    ) -> QAction:
        """`checked` None makes an entry that cannot be ticked."""
        action = QAction(text, self)
        if icon:
            action.setIcon(theme().icon(icon, "muted"))
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        action.triggered.connect(lambda _checked: then())
        self.addAction(action)
        return action

    def line(self) -> None:
        line = QAction(self)
        line.setSeparator(True)
        self.addAction(line)

    def submenu(self, title: str) -> "Menu":
        menu = Menu(title, self)
        self.addMenu(menu)
        return menu

    def open_once(self, place: QPoint) -> None:
        """At a global position; it is gone when it closes."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(place)


def place_below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(widget.rect().bottomLeft())


def place_above(widget: QWidget, menu: QMenu) -> QPoint:
    """For a widget at the lower edge: there Qt would move a menu from below over it."""
    return widget.mapToGlobal(QPoint(0, -menu.sizeHint().height()))
