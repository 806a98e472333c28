"""A choice of one from a few, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text
from supportdesk.ui.widgets.layouts import clear_layout, row

_PADDING, _TRACK = 12, 2


class _Segment(QRadioButton):
    """A radio button for everything but the eye: arrow keys choose, Tab stops once."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__(label)
        self.key = key
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def focus_outline(self) -> tuple[QRect, float]:
        return self.rect(), theme().radius.button

    def hitButton(self, _position: QPoint) -> bool:
        return True

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font("body", strong=True))
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(width + 2 * _PADDING, theme().height.button - 2 * _TRACK)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = "muted"
        if self.isChecked():
            fill, border, ink = "control", "accentText", "accentText"
            if theme().is_high_contrast:
                fill, ink = "selection", "onSelection"
            draw_box(
                painter,
                self.rect(),
                fill=theme().color(fill),
                border=theme().color(border),
                radius=theme().radius.button,
            )
        elif self.underMouse() and self.isEnabled():
            ink = "text"
        color = theme().color(ink if self.isEnabled() else "disabledText")
        font = theme().font("body", strong=self.isChecked())
        draw_text(painter, self.rect(), self.text(), font, color, align=Qt.AlignmentFlag.AlignHCenter)


class SegmentedChoice(QWidget):
    """Options are (key, label). `changed` tells what the person chose, not what the program set."""

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = row(self, gap=2, margins=_TRACK)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._told: str | None = None
        self.set_options(options)

    def value(self) -> str | None:
        chosen = self._group.checkedButton()
        return chosen.key if isinstance(chosen, _Segment) else None

    def set_value(self, key: str) -> None:
        for segment in self._segments():
            if segment.key == key:
                segment.setChecked(True)
        self._told = self.value()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Keeps the value where it is still offered, else chooses the first."""
        if [segment.key for segment in self._segments()] == [key for key, _label in options]:
            for segment, (_key, label) in zip(self._segments(), options, strict=True):
                segment.setText(label)
                segment.setAccessibleName(label)
            return
        kept = self.value()
        for segment in self._segments():
            self._group.removeButton(segment)
        clear_layout(self._row)
        for key, label in options:
            segment = _Segment(key, label)
            self._group.addButton(segment)
            self._row.addWidget(segment)
        keys = [key for key, _label in options]
        if keys:
            self.set_value(kept if kept in keys else keys[0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        border = theme().color("controlBorder") if theme().is_high_contrast else None
        fill = theme().color("sunken")
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.field)

    def _segments(self) -> list[_Segment]:
        return [button for button in self._group.buttons() if isinstance(button, _Segment)]

    @Slot(QAbstractButton)
    def _on_clicked(self, _button: QAbstractButton) -> None:
        chosen = self.value()
        if chosen is not None and chosen != self._told:
            self._told = chosen
            self.changed.emit(chosen)
