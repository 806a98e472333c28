"""What is hit by the second half of a double click, after the first has changed the window."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication


def second_half_of_a_double_click(button: QAbstractButton, place: QPoint) -> None:
    """On `button`, which stands now where the first half was: at `place`, on the screen."""
    hit = QPointF(button.mapFromGlobal(place))
    assert button.rect().contains(hit.toPoint())
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in ((QEvent.Type.MouseButtonDblClick, left), (QEvent.Type.MouseButtonRelease, none)):
        half = QMouseEvent(kind, hit, QPointF(place), left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, half)
