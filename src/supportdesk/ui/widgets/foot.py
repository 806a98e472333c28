"""What stands at the foot of a screen and carries its buttons: passing information keeps clear of it."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

_NAME = "foot"
_MOVES = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize}


class _Watch(QObject):
    """Lets the window lay out again what depends on its feet."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and isinstance(watched, QWidget):
            QCoreApplication.postEvent(watched.window(), QEvent(QEvent.Type.LayoutRequest))
        return super().eventFilter(watched, event)


def mark_as_foot(widget: QWidget) -> None:
    widget.setObjectName(_NAME)
    widget.installEventFilter(_Watch(widget))


def highest_foot(window: QWidget, left: int, width: int) -> int:
    """Where the free part of `window` ends between `left` and `left + width`, in its coordinates."""
    tops = [window.height()]
    for foot in window.findChildren(QWidget, _NAME):
        place = QRect(foot.mapTo(window, QPoint()), foot.size())
        if foot.isVisibleTo(window) and place.right() >= left and place.left() <= left + width:
            tops.append(place.top())
    return min(tops)
