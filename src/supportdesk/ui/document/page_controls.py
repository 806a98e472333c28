"""The controls on paper: our own ones, without their frames."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.field_style import PADDING
from supportdesk.ui.theme.painting import draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.date_field import DateField


class PaperLine(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("state", "bare")  # not setFrame(False), which lets Qt paint a ground

    def set_padding(self, pixels: int) -> None:
        """In the place of the style's own."""
        aside = pixels - PADDING + 2
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

    def paintEvent(self, _event: QPaintEvent) -> None:
        _paint_arrow(self, "calendar")


class PaperChoice(Combo):
    def __init__(self, options: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(options, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        size = _paint_arrow(self, "chevron-down")
        pad = max(1, self.height() // 8)
        field = self.rect().adjusted(pad, 0, -size - pad, 0)
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


def _paint_arrow(widget: QWidget, icon: str) -> int:
    """At the trailing edge; returns its width."""
    size = max(6, min(theme().icon_size.small, widget.height() - 4))
    rect = widget.rect()
    place = QRect(rect.right() + 1 - size - 2, (rect.height() - size) // 2, size, size)
    place = visual_rect(place, rect, widget.layoutDirection())
    draw_icon(QPainter(widget), place, icon, theme().document.text)
    return size + 2
