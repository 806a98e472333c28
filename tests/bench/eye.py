"""Notices when a widget has been painted with what is waited for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget


@dataclass
class Eye:
    until: Callable[[], bool] = lambda: True
    seen: bool = False

    def wait(self, act: Callable[[], object], until: Callable[[], bool], timeout_ms: int = 20_000) -> float:
        """Milliseconds from `act` until `until()` held while the widget was painted, and all else with it."""
        self.until, self.seen = until, False
        loop, limit = QEventLoop(), QTimer(singleShot=True, interval=timeout_ms)
        limit.timeout.connect(loop.quit)
        limit.start()
        began = perf_counter()
        act()
        while not self.seen and limit.isActive():
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = perf_counter() - began
        if not self.seen:
            message = "what is measured was not painted"
            raise RuntimeError(message)
        return took * 1000


@contextmanager
def watched(kind: type[QWidget]) -> Iterator[Eye]:
    """Sees all widgets of this class."""
    eye = Eye()
    paint = kind.paintEvent

    def paint_event(self: QWidget, event: QPaintEvent) -> None:
        paint(self, event)
        eye.seen = eye.seen or eye.until()

    kind.paintEvent = paint_event  # type: ignore[method-assign]
    try:
        yield eye
    finally:
        kind.paintEvent = paint  # type: ignore[method-assign]
