"""How check boxes, radio buttons, sliders, rows and small arrows are painted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOption,
    QStyleOptionSlider,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from supportdesk.ui.theme.painting import draw_box, draw_focus_inside, draw_icon

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

_State = QStyle.StateFlag
SLIDER_GROOVE, SLIDER_HANDLE = 4, 16


def paint_check(
    theme: "Theme", painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, locked: bool
) -> None:
    enabled = bool(state & _State.State_Enabled)
    on = bool(state & (_State.State_On | _State.State_NoChange))
    fill, border = _choice_colors(state, enabled=enabled and not locked, on=on)
    if locked:
        fill, border = "neutralSoft", "controlBorder"
    draw_box(painter, rect, fill=theme.color(fill), border=theme.color(border), radius=theme.radius.tag)
    if on:
        name = "minus" if state & _State.State_NoChange else "check"
        mark = "muted" if locked else "onAccent" if enabled else "disabledText"
        draw_icon(painter, rect.adjusted(1, 1, -1, -1), name, mark)


def paint_radio(theme: "Theme", painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    enabled = bool(state & _State.State_Enabled)
    on = bool(state & _State.State_On)
    fill, border = _choice_colors(state, enabled=enabled, on=on)
    draw_box(painter, rect, fill=theme.color(fill), border=theme.color(border), radius=rect.width() / 2)
    if on:
        inset = rect.width() * 5 / 18
        dot = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        draw_disc(painter, dot, theme.color("onAccent" if enabled else "disabledText"))


def draw_disc(painter: QPainter, rect: QRectF, color: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(rect)
    painter.restore()


def paint_slider(theme: "Theme", painter: QPainter, option: QStyleOptionSlider, handle: QRect) -> None:
    """The filled part runs from the smaller end to the handle, whatever the direction of the text."""
    horizontal = option.orientation == Qt.Orientation.Horizontal
    enabled = bool(option.state & _State.State_Enabled)
    groove = QRectF(option.rect)
    centre = QPointF(handle.center()) + QPointF(0.5, 0.5)
    filled = QRectF(groove)
    if horizontal:
        groove.setTop(centre.y() - SLIDER_GROOVE / 2)
        groove.setHeight(SLIDER_GROOVE)
        filled = QRectF(groove)
        filled.setRight(centre.x()) if not option.upsideDown else filled.setLeft(centre.x())
    else:
        groove.setLeft(centre.x() - SLIDER_GROOVE / 2)
        groove.setWidth(SLIDER_GROOVE)
        filled = QRectF(groove)
        filled.setTop(centre.y()) if option.upsideDown else filled.setBottom(centre.y())
    rounded = SLIDER_GROOVE / 2
    draw_box(painter, groove, fill=theme.color("controlBorder" if enabled else "hairline"), radius=rounded)
    draw_box(painter, filled, fill=theme.color("accent" if enabled else "disabledText"), radius=rounded)
    size = SLIDER_HANDLE
    knob = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    draw_disc(painter, knob, theme.color("accent" if enabled else "disabledText"))
    draw_box(painter, knob.adjusted(1, 1, -1, -1), border=theme.color("control"), radius=size / 2, width=2)


def paint_row(theme: "Theme", option: QStyleOptionViewItem, painter: QPainter) -> None:
    state = option.state
    if state & _State.State_Selected:
        draw_box(painter, option.rect, fill=theme.color("selection"), radius=_row_radius(theme, option))
    elif state & _State.State_MouseOver and state & _State.State_Enabled:
        draw_box(painter, option.rect, fill=theme.color("controlHover"), radius=_row_radius(theme, option))


def paint_item_focus(theme: "Theme", option: QStyleOption, painter: QPainter) -> None:
    draw_focus_inside(painter, option.rect, theme.radius.tag)


def paint_branch(theme: "Theme", option: QStyleOption, painter: QPainter) -> None:
    if option.state & _State.State_Children:
        closed = "chevron-right" if option.direction == Qt.LayoutDirection.LeftToRight else "chevron-left"
        size = theme.icon_size.small
        rect = QRect(0, 0, size, size)
        rect.moveCenter(option.rect.center())
        on_bright = theme.is_high_contrast and option.state & _State.State_Selected
        name = "chevron-down" if option.state & _State.State_Open else closed
        draw_icon(painter, rect, name, "onSelection" if on_bright else "muted")


def item_padding(view: QAbstractItemView, metric: QStyle.PixelMetric) -> int:
    """Qt adds one pixel: 12 in tables, 8 in lists and trees."""
    if metric == QStyle.PixelMetric.PM_FocusFrameVMargin or paints_rows(view):
        return 0
    return 11 if isinstance(view, QTableView) else 7


def _choice_colors(state: QStyle.StateFlag, *, enabled: bool, on: bool) -> tuple[str, str]:
    if not enabled:
        return "sunken", "hairline"
    if on:
        fill = "accentHover" if state & _State.State_MouseOver else "accent"
        return fill, fill
    return "controlHover" if state & _State.State_MouseOver else "control", "controlBorder"


def _row_radius(theme: "Theme", option: QStyleOptionViewItem) -> int:
    """Tables paint one row as several cells: only a row that is one item has round corners."""
    whole = option.viewItemPosition in {
        QStyleOptionViewItem.ViewItemPosition.OnlyOne,
        QStyleOptionViewItem.ViewItemPosition.Invalid,
    }
    return theme.radius.button if whole else 0


def paints_rows(view: QWidget | None) -> bool:
    """Property `paintsRows`: the view or its delegate draws what marks a row as chosen."""
    return view is not None and bool(view.property("paintsRows"))


def is_locked(widget: QWidget | None) -> bool:
    return widget is not None and widget.property("state") == "locked"
