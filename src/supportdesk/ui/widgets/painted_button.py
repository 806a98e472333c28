"""What all painted buttons share: keys, hover that fades in, room for the ring."""

from PySide6.QtCore import QEvent, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from supportdesk.ui.theme import theme

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right}


class PaintedButton(QAbstractButton):
    """Enter presses it like Space; arrow keys are left to whoever arranges several."""

    corner = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._fade.valueChanged.connect(self._repaint)

    def focus_outline(self) -> tuple[QRect, float]:
        """What the focus ring surrounds, and its corner radius."""
        return self.rect(), self.corner

    def ground(self, rest: str, hover: str = "controlHover", pressed: str = "controlPressed") -> QColor:
        """The fill of the moment: roles for at rest, under the pointer, held down."""
        if self.isDown():
            return theme().color(pressed)
        if not self.is_hovered:
            return theme().color(rest)
        return blend(theme().color(rest), theme().color(hover), self._hover_share())

    @property
    def is_hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()

    def enterEvent(self, event: QEnterEvent) -> None:
        duration = theme().motion_ms("hover")
        if duration:
            self._fade.setDuration(duration)
            self._fade.start()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._fade.stop()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _hover_share(self) -> float:
        running = self._fade.state() == QVariantAnimation.State.Running
        return float(self._fade.currentValue()) if running else 1.0

    def _repaint(self) -> None:
        self.update()


def blend(ground: QColor, ink: QColor, share: float) -> QColor:
    def between(low: float, high: float) -> float:
        return low + (high - low) * share

    return QColor.fromRgbF(
        between(ground.redF(), ink.redF()),
        between(ground.greenF(), ink.greenF()),
        between(ground.blueF(), ink.blueF()),
        between(ground.alphaF(), ink.alphaF()),
    )
