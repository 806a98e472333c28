"""The bar at the foot of a screen: what is saved at the leading edge, what can be done at the other."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

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
    """Buttons stand in the order they were added; the primary one comes last. The note has a line of its own
    above them where it would be cut beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme().space
        self._icon = IconLabel(role="muted", size=16)
        self._note = ElidedLabel(kind="caption", tone="muted")
        self._row = row(self, gap=space.m, margins=(space.page_margin, 1, space.page_margin, 0))
        self._said, self._buttons = row(gap=space.xs), row(gap=space.m)
        self._said.addWidget(self._icon)
        self._said.addWidget(self._note, 1)
        self._buttons.addStretch(1)
        self._row.addLayout(self._said, 1)
        self._row.addLayout(self._buttons)
        self._icon.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark_as_foot(self)

    def set_note(self, text: str, icon: str = "check") -> None:
        self._note.setText(text)
        self._icon.set_icon(icon)
        self._icon.setVisible(bool(text) and bool(icon))
        self._arrange()

    def add_button(self, text: str, kind: ButtonKind = "secondary", icon: str | None = None) -> Button:
        button = Button(text, kind, icon)
        if kind == "primary":
            button.setMinimumWidth(_PRIMARY_WIDTH)
        self._buttons.addWidget(button)
        return button

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a button came, went, or says something else
            self._arrange()
        return handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height())

    def _arrange(self) -> None:
        side, space, way = page_margin(self.width()), theme().space, QBoxLayout.Direction
        room = self.width() - 2 * side - space.m
        needed = self._said.sizeHint().width() + self._buttons.sizeHint().width()
        below = bool(self._note.text()) and needed > room
        self._row.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._row.setSpacing(0 if below else space.m)
        self._row.setContentsMargins(side, 1 + (space.s if below else 0), side, 0)

    def _height(self) -> int:
        is_below = self._row.direction() is QBoxLayout.Direction.TopToBottom
        return theme().height.action_bar + (self._note.sizeHint().height() if is_below else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        draw_line(painter, 0, 0, self.width(), 0, theme().color("hairline"))
