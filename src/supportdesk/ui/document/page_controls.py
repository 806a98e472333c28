"""The controls on paper: our own ones, without their frames."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.field_style import PADDING
from supportdesk.ui.theme.painting import draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.date_field import DateField

_BESIDE_ARROW = 2
_LINE_MARGIN = 2
"""Of Qt's own, left and right in a line edit."""


class PaperLine(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("state", "bare")  # not setFrame(False), which lets Qt paint a ground

    def set_padding(self, pixels: int) -> None:
        """In the place of the style's own."""
        aside = pixels - PADDING
        self.setTextMargins(aside, 0, aside, 0)


class PaperText(QPlainTextEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class PaperDate(DateField):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.lineEdit().setProperty("state", "bare")
        self._padding = 0

    def set_padding(self, pixels: int) -> None:
        self._padding = pixels
        self._place_line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_line()

    def _place_line(self) -> None:
        """Where the text of other fields begins: the style's own place is for forms without paper."""
        place = self.rect().adjusted(self._padding - _LINE_MARGIN, 0, -_arrow_width(self), 0)
        self.lineEdit().setGeometry(visual_rect(place, self.rect(), self.layoutDirection()))

    def changeEvent(self, event: QEvent) -> None:
        """The line inside takes over neither by itself: its ink would be too bright in the dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.lineEdit().setFont(self.font())
        if event.type() == QEvent.Type.PaletteChange:
            self.lineEdit().setPalette(self.palette())

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_arrow(self, "calendar")


class PaperChoice(Combo):
    def __init__(self, options: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(options, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(0)
        self._padding = 0

    def set_padding(self, pixels: int) -> None:
        self._padding = pixels
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_arrow(self, "chevron-down")
        field = self.rect().adjusted(self._padding, 0, -_arrow_width(self), 0)
        place, ink = visual_rect(field, self.rect(), self.layoutDirection()), theme().document.text
        draw_text(
            QPainter(self), place, self.currentText(), self.font(), ink, direction=self.layoutDirection()
        )


class PaperCheck(QCheckBox):
    """The whole box can be clicked."""

    def hitButton(self, _place: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.isChecked():
            draw_icon(QPainter(self), self.rect(), "check", theme().document.text)


def _arrow_size(widget: QWidget) -> int:
    return max(6, min(theme().icon_size.small, widget.height() - 4))


def _arrow_width(widget: QWidget) -> int:
    """With a gap on both sides."""
    return _arrow_size(widget) + 2 * _BESIDE_ARROW


def _paint_arrow(widget: QWidget, icon: str) -> None:
    """At the trailing edge."""
    size, rect = _arrow_size(widget), widget.rect()
    place = QRect(rect.right() + 1 - size - _BESIDE_ARROW, (rect.height() - size) // 2, size, size)
    place = visual_rect(place, rect, widget.layoutDirection())
    draw_icon(QPainter(widget), place, icon, theme().document.text)
