"""A surface for what belongs together. Never a card in a card."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.layouts import Margins, column


class Card(QFrame):
    """`tone` is the colour role of its ground."""

    def __init__(
        self, *, padding: Margins = 16, gap: int = 0, tone: str = "surface", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.body = column(self, gap=gap, margins=padding)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(widget, stretch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, border = theme().color(self._tone), theme().color("hairline")
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.card)
