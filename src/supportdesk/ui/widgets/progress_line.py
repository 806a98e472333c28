"""How far something is, as a line."""

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_HEIGHT, _PARTS = 4, 1000
_STEP_MS, _STEPS, _BUSY_SHARE = 30, 60, 0.3


class ProgressLine(QProgressBar):
    """A progress bar for screen readers, 4 pixels for the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, _PARTS)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._move)

    def set_fraction(self, fraction: float | None) -> None:
        """0 to 1; None while nobody knows how long it takes."""
        if fraction is None:
            self.setRange(0, 0)
        else:
            self.setRange(0, _PARTS)
            self.setValue(round(min(1.0, max(0.0, fraction)) * _PARTS))
        self._keep_moving()

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(160), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(_HEIGHT, _HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep_moving()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        groove = QRectF(0, (self.height() - _HEIGHT) / 2, self.width(), _HEIGHT)
        outline = theme().color("hairline") if theme().is_high_contrast else None
        ground = theme().color("neutralSoft")
        draw_box(painter, groove, fill=ground, border=outline, radius=_HEIGHT / 2)
        start, end = self._filled()
        if self.isRightToLeft():
            start, end = 1 - end, 1 - start
        bar = QRectF(groove)
        bar.setLeft(self.width() * start)
        bar.setRight(self.width() * end)
        if bar.width() >= 1:
            draw_box(painter, bar, fill=theme().color("accentText"), radius=_HEIGHT / 2)

    def _filled(self) -> tuple[float, float]:
        if self.maximum():
            return 0.0, self.value() / self.maximum()
        if not self._timer.isActive():
            return 0.0, 1.0
        head = self._step / _STEPS * (1 + _BUSY_SHARE)
        return max(0.0, head - _BUSY_SHARE), min(1.0, head)

    def _keep_moving(self) -> None:
        if not self.maximum() and self.isVisible() and theme().motion_ms("state"):
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _move(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()
