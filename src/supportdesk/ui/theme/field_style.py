"""How fields are painted: line edit, combo, date and spin share one height, one frame and one focus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateTimeEdit,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)

from supportdesk.ui.theme.painting import draw_box, draw_icon, visual_rect

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

PADDING = 12
_BESIDE_ARROW = 20
_State = QStyle.StateFlag


def paint_field_frame(
    theme: "Theme", painter: QPainter, rect: QRect, *, enabled: bool, focused: bool, error: bool
) -> None:
    """The frame of every field; two pixels where something is wrong or being typed."""
    if not enabled:
        fill, border, width = "sunken", "hairline", 1
    elif error:
        fill, border, width = "control", "danger", theme.focus_width
    elif focused:
        fill, border, width = "control", "focus", theme.focus_width
    else:
        fill, border, width = "control", "controlBorder", 1
    draw_box(
        painter,
        rect,
        fill=theme.color(fill),
        border=theme.color(border),
        radius=theme.radius.field,
        width=width,
    )


def paint_line_edit(theme: "Theme", option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """None inside a spin box or combo, nor where `state` is "bare": there the frame is somebody else's."""
    if widget is not None and isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
        return
    if widget is not None and widget.property("state") == "bare":
        return
    _paint_frame(theme, option, painter, widget)


def paint_combo(
    theme: "Theme", option: QStyleOptionComboBox, painter: QPainter, widget: QWidget | None
) -> None:
    _paint_frame(theme, option, painter, widget)
    name = "calendar" if isinstance(widget, QDateTimeEdit) else "chevron-down"
    _paint_arrow(theme, option, painter, arrow_rect(theme, option.rect, option.direction), name)


def paint_spin_box(
    theme: "Theme", option: QStyleOptionSpinBox, painter: QPainter, widget: QWidget | None
) -> None:
    _paint_frame(theme, option, painter, widget)
    if option.buttonSymbols == QAbstractSpinBox.ButtonSymbols.NoButtons:
        return
    upper, lower = spin_button_rects(option.rect, option.direction)
    _paint_arrow(theme, option, painter, upper, "chevron-up")
    _paint_arrow(theme, option, painter, lower, "chevron-down")


def arrow_rect(theme: "Theme", rect: QRect, direction: Qt.LayoutDirection) -> QRect:
    size = theme.icon_size.small
    left = rect.right() - PADDING - size + 2
    return visual_rect(QRect(left, rect.center().y() - size // 2 + 1, size, size), rect, direction)


def arrow_width(theme: "Theme") -> int:
    """36 with the letters at 100 %."""
    return theme.icon_size.small + _BESIDE_ARROW


def arrow_area(theme: "Theme", rect: QRect, direction: Qt.LayoutDirection) -> QRect:
    """What opens the pop-up: more than the drawing, up to the edges."""
    width = arrow_width(theme)
    return visual_rect(QRect(rect.right() - width + 1, rect.top(), width, rect.height()), rect, direction)


def edit_rect(theme: "Theme", rect: QRect, direction: Qt.LayoutDirection) -> QRect:
    return visual_rect(rect.adjusted(PADDING - 2, 2, -arrow_width(theme), -2), rect, direction)


def spin_button_rects(rect: QRect, direction: Qt.LayoutDirection) -> tuple[QRect, QRect]:
    half = rect.height() // 2
    upper = QRect(rect.right() - 25, rect.top() + 2, 24, half - 2)
    lower = QRect(rect.right() - 25, rect.top() + half, 24, half - 2)
    return visual_rect(upper, rect, direction), visual_rect(lower, rect, direction)


def _paint_frame(theme: "Theme", option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    paint_field_frame(
        theme,
        painter,
        option.rect,
        enabled=bool(option.state & _State.State_Enabled),
        focused=bool(option.state & _State.State_HasFocus),
        error=widget is not None and widget.property("state") == "error",
    )


def _paint_arrow(theme: "Theme", option: QStyleOption, painter: QPainter, rect: QRect, name: str) -> None:
    enabled = option.state & _State.State_Enabled
    size = min(theme.icon_size.small, rect.width(), rect.height() + 4)
    place = QRect(0, 0, size, size)
    place.moveCenter(rect.center())
    draw_icon(painter, place, name, "muted" if enabled else "disabledText")
