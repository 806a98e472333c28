"""One key in its well, and the eye that shows it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import ElidedLabel

_PADDING = 6


class KeyBox(QWidget):
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ElidedLabel(kind="mono")
        self.eye = icon_button("eye", "", checkable=True)
        line = row(self, gap=theme().space.s, margins=(theme().space.l, _PADDING, _PADDING, _PADDING))
        line.addWidget(self._text, 1)
        line.addWidget(self.eye, 0, Qt.AlignmentFlag.AlignVCenter)
        self.eye.clicked.connect(self.toggled)

    def show_key(self, text: str, spoken: str, whose: str, *, revealed: bool) -> None:
        """`spoken` is what a screen reader says in place of bullets."""
        self._text.setText(text)
        self._text.setAccessibleName(spoken)
        self.eye.setChecked(revealed)
        self.eye.set_icon("eye-off" if revealed else "eye")
        self.eye.set_label(_("Hide key") if revealed else _("Show key"))
        self.eye.setAccessibleDescription(whose)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, theme().height.icon_button + 2 * _PADDING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        border = theme().color("controlBorder") if theme().is_high_contrast else None
        draw_box(
            QPainter(self),
            self.rect(),
            fill=theme().color("sunken"),
            border=border,
            radius=theme().radius.field,
        )
