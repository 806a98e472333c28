"""Tells the engine whether a person looks at the window: to them a lost connection has to come back soon."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from supportdesk.domain.projections import Attention


class Onlooker(QObject):
    def __init__(
        self, attend: Callable[[Attention], None], in_sight: Callable[[], bool], parent: QObject
    ) -> None:
        """`in_sight` says whether a window is open when another application is in use."""
        super().__init__(parent)
        self._attend = attend
        self._in_sight = in_sight
        _qt().applicationStateChanged.connect(self._look)
        self._look(QGuiApplication.applicationState())

    def close(self) -> None:
        _qt().applicationStateChanged.disconnect(self._look)

    @Slot(Qt.ApplicationState)
    def _look(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._attend(Attention.ACTIVE)
        elif self._in_sight():
            self._attend(Attention.IN_SIGHT)
        else:
            self._attend(Attention.AWAY)


def _qt() -> QGuiApplication:
    return cast(QGuiApplication, QGuiApplication.instance())
