"""On or off, at once."""

from PySide6.QtCore import QRect, QRectF, QSize, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.choice_style import draw_disc
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.painted_button import PaintedButton, blend

_WIDTH, _HEIGHT, _KNOB, _INSET = 36, 20, 12, 4


class Switch(PaintedButton):
    """The track is 36 × 20, the target 32 high."""

    def __init__(self, accessible_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._slide = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._slide.valueChanged.connect(self._repaint)
        self.toggled.connect(self._start_slide)

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(_WIDTH), theme().height.icon_button)

    def focus_outline(self) -> tuple[QRect, float]:
        return self._track(), self._track().height() / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        track, share = self._track(), self._share()
        accent = "accent" if self.isEnabled() else "disabledText"
        edge = "controlBorder" if self.isEnabled() else "hairline"
        rest = "controlHover" if self.is_hovered else "control"
        fill = blend(theme().color(rest if self.isEnabled() else "sunken"), theme().color(accent), share)
        border = blend(theme().color(edge), theme().color(accent), share)
        draw_box(painter, track, fill=fill, border=border, radius=track.height() / 2)
        knob = blend(theme().color(edge), theme().color("onAccent"), share)
        draw_disc(painter, self._knob(track, share), knob)

    def _track(self) -> QRect:
        width, height = theme().scaled(_WIDTH), theme().scaled(_HEIGHT)
        return QRect(0, (self.height() - height) // 2, width, height)

    def _knob(self, track: QRect, share: float) -> QRectF:
        edge, inset = theme().scaled(_KNOB), theme().scaled(_INSET)
        way = (track.width() - edge - 2 * inset) * (1 - share if self.isRightToLeft() else share)
        return QRectF(track.left() + inset + way, track.top() + (track.height() - edge) / 2, edge, edge)

    def _share(self) -> float:
        """0 off, 1 on, between them while the knob slides."""
        if self._slide.state() != QVariantAnimation.State.Running:
            return float(self.isChecked())
        way = float(self._slide.currentValue())
        return way if self.isChecked() else 1 - way

    def _start_slide(self) -> None:
        duration = theme().motion_ms("state")
        if duration and self.isVisible():
            self._slide.setDuration(duration)
            self._slide.start()
