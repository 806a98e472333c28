"""The ground of a row in a list of two-line rows: selected, under the pointer, or at rest."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line, visual_rect

_BAR = 3


def draw_row_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """With the hairline below it, and the bar at the leading edge of the selected one."""
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    role = "selection" if selected else "controlHover" if hovered else "surface"
    painter.fillRect(option.rect, theme().color(role))
    bottom = option.rect.bottom()
    draw_line(painter, option.rect.left(), bottom, option.rect.right() + 1, bottom, theme().color("hairline"))
    if selected:
        draw_selection_bar(painter, option)


def draw_selection_bar(painter: QPainter, option: QStyleOptionViewItem) -> None:
    bar = QRect(option.rect.left(), option.rect.top(), _BAR, option.rect.height())
    painter.fillRect(visual_rect(bar, option.rect, option.direction), theme().color("accentText"))
