"""Notices when a widget has been painted with what is waited for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from tests.bench.measure import Line, Series

FRAME_MS = 16
_REST_ROUNDS = 5


class Took(NamedTuple):
    """Milliseconds. On a machine with nothing else to do they are nearly the same."""

    wall: float
    cpu: float
    """Of all threads together."""


def hand_to_eye(
    group: str,
    name: str,
    took: Sequence[Took],
    floor: Sequence[Took],
    *,
    quantile: float = 0.5,
    most: float | None = None,
) -> list[Line]:
    """A line for each clock."""
    clocks = zip(("wall clock", "CPU"), zip(*took, strict=True), zip(*floor, strict=True), strict=True)
    return [
        Line(
            f"{group}: hand to eye", f"{name}, {clock}", "ms", Series(mine), Series(raw), quantile, most=most
        )
        for clock, mine, raw in clocks
    ]


def slow_ones(group: str, name: str, found: Sequence[tuple[Took, Took]]) -> list[Line]:
    """`found` are ours and the floor, time by time."""
    mine, floor = zip(*found, strict=True)
    return hand_to_eye(group, f"{name} ({len(found)}), p99", mine, floor, quantile=0.99, most=FRAME_MS)


def clocked(work: Callable[[], object]) -> Took:
    """Without looking at anything."""
    began, cpu = perf_counter(), process_time()
    work()
    return Took((perf_counter() - began) * 1000, (process_time() - cpu) * 1000)


@dataclass
class Eye:
    until: Callable[[], bool] = lambda: True
    painted: bool = False
    seen: bool = False

    def wait(self, act: Callable[[], object], until: Callable[[], bool], timeout_ms: int = 20_000) -> Took:
        """From `act` until `until()` held while the widget was painted, and all else with it; where the
        same was painted before and stays, until `until()` holds.

        It begins at rest: what the last act left to do is not counted.
        """
        self.until = until
        loop, limit = QEventLoop(), QTimer(singleShot=True, interval=timeout_ms)
        limit.timeout.connect(loop.quit)
        limit.start()
        for _round in range(_REST_ROUNDS):
            loop.processEvents()
        self.seen = self.painted = False
        began, cpu = perf_counter(), process_time()
        act()
        while not self.seen and limit.isActive():
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if self.painted and not self.seen and until():
                loop.processEvents()
                self.seen = True
        took = Took((perf_counter() - began) * 1000, (process_time() - cpu) * 1000)
        if not self.seen:
            message = "what is measured was not painted"
            raise RuntimeError(message)
        return took


@contextmanager
def watched(kind: type[QWidget]) -> Iterator[Eye]:
    """Sees all widgets of this class."""
    eye = Eye()
    paint = kind.paintEvent

    def paint_event(self: QWidget, event: QPaintEvent) -> None:
        paint(self, event)
        eye.painted = True
        eye.seen = eye.seen or eye.until()

    kind.paintEvent = paint_event  # type: ignore[method-assign]
    try:
        yield eye
    finally:
        kind.paintEvent = paint  # type: ignore[method-assign]
