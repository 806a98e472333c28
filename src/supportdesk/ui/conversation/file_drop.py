"""Files that are dropped anywhere on something go where its files go."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """`takes` says whether files are wanted now; `add` gets local paths."""

    def __init__(self, target: QWidget, takes: Callable[[], bool], add: Callable[[list[str]], None]) -> None:
        super().__init__(target)
        self._takes, self._add = takes, add
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, _target: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if self._takes() and any(url.isLocalFile() for url in event.mimeData().urls()):
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._add([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
            event.acceptProposedAction()
            return True
        return False
