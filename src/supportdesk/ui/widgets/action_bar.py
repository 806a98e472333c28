"""The bar at the foot of a screen: what is saved at the leading edge, what can be done at the other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.button_style import ButtonKind
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.page_layout import page_margin
from supportdesk.ui.widgets.text_label import ElidedLabel

_PRIMARY_WIDTH = 112


class ActionBar(QWidget):
    """Buttons stand in the order they were added; the primary one comes last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self._icon = IconLabel(role="muted", size=16)
        self._note = ElidedLabel(kind="caption", tone="muted")
        self._row = row(self, gap=space.m, margins=(space.page_margin, 1, space.page_margin, 0))
        note = row(gap=space.xs)
        note.addWidget(self._icon)
        note.addWidget(self._note, 1)
        self._row.addLayout(note, 1)
        self._icon.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark_as_foot(self)

    def set_note(self, text: str, icon: str = "check") -> None:
        self._note.setText(text)
        self._icon.set_icon(icon)
        self._icon.setVisible(bool(text) and bool(icon))

    def add_button(self, text: str, kind: ButtonKind = "secondary", icon: str | None = None) -> Button:
        button = Button(text, kind, icon)
        if kind == "primary":
            button.setMinimumWidth(_PRIMARY_WIDTH)
        self._row.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self.width())
        self._row.setContentsMargins(side, 1, side, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().height.action_bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().height.action_bar)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        draw_line(painter, 0, 0, self.width(), 0, theme().color("hairline"))
