"""The entries of the Edit menu act on the text field that had the focus before the menu took it."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

_METHODS = {
    "undo": "undo",
    "redo": "redo",
    "cut": "cut",
    "copy": "copy",
    "paste": "paste",
    "select_all": "selectAll",
}


class TextEditing(QObject):
    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._field: QWidget | None = None
        application.focusChanged.connect(self._follow)

    def offers(self, command_id: str) -> bool:
        return command_id in _METHODS

    def perform(self, command_id: str) -> None:
        if self._field is None or not isValid(self._field):
            return
        method = getattr(self._field, _METHODS[command_id], None)
        if method is not None:
            method()

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not isinstance(now, QMenuBar | QMenu):
            self._field = now
