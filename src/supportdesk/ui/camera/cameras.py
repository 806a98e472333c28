"""Which cameras there are, and what one of them delivers."""

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage


class CameraTrouble(Enum):
    """Why there is no live picture."""

    SILENT = auto()
    """Nothing comes: another program uses it, or the system keeps it from us without saying so."""
    REFUSED = auto()
    GONE = auto()


class FrameSource(QObject):
    """One camera. It is on from `start` to `stop` and at no other time. GUI thread."""

    frame_came = Signal(QImage)
    """Upright and not mirrored: what is written on paper can be read."""
    failed = Signal(object)
    """A CameraTrouble."""

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Camera:
    id: str
    name: str
    """As its maker calls it."""


class Cameras(QObject):
    """None at all, as where the extra `camera` is not installed."""

    changed = Signal()

    def look(self) -> None:
        """Begins to look for cameras, soon; `changed` tells of each that comes or goes."""

    def found(self) -> tuple[Camera, ...]:
        return ()

    def open(self, camera: Camera) -> FrameSource:
        raise NotImplementedError
