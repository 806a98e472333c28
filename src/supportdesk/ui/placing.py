"""Where a window comes up."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


def put_around(window: QWidget, middle: QPoint) -> None:
    """Moves it with its frame around `middle`, and on the screen; its title bar always is."""
    available = window.screen().availableGeometry()
    frame = window.frameGeometry()
    frame.moveCenter(middle)
    frame.moveRight(min(frame.right(), available.right()))
    frame.moveBottom(min(frame.bottom(), available.bottom()))
    frame.moveLeft(max(frame.left(), available.left()))
    frame.moveTop(max(frame.top(), available.top()))
    window.move(frame.topLeft())
