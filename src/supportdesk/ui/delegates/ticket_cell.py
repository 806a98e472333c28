"""One cell of the ticket table."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from supportdesk.domain.projections import TicketRow
from supportdesk.ui.delegates.marked_text import draw_marked_text
from supportdesk.ui.models.ticket_model import Column, TicketRole
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_focus_inside, draw_line, visual_rect
from supportdesk.ui.widgets.chip import chip_size, chip_style, paint_chip

_QUIET = {Column.REQUESTER, Column.ASSIGNEE, Column.SERVICE, Column.PRIORITY, Column.CREATED, Column.UPDATED}
_DOT = 8
_DOT_BEFORE_TEXT = 14


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand below each other."""
    return Qt.AlignmentFlag.AlignRight if column is Column.NUMBER else Qt.AlignmentFlag.AlignLeft


def leading_margin(head: QHeaderView, column: Column) -> int:
    """Of a column's texts: wider at the edge of the table, and where the dot of unread ones stands."""
    before = range(head.visualIndex(column))
    is_first = all(head.isSectionHidden(head.logicalIndex(visual)) for visual in before)
    wide = is_first or column is Column.SUBJECT
    return theme().space.m + theme().space.s if wide else theme().space.m


def cell_width(index: QModelIndex | QPersistentModelIndex, head: QHeaderView) -> int:
    """That shows all of the cell."""
    column, words, row = Column(index.column()), str(index.data()), index.data(TicketRole.ROW)
    if column is Column.STATUS and isinstance(row, TicketRow):
        content = chip_size(words, chip_style(row.stage).icon).width()
    else:
        font = theme().font("body", strong=_is_strong(column, row), tabular=True)
        content = QFontMetrics(font).horizontalAdvance(words) + 1
    return leading_margin(head, column) + content + theme().space.m


class TicketCellDelegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        row, column = index.data(TicketRole.ROW), index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, theme().color("selection" if selected else "surface"))
        bottom = option.rect.bottom()
        draw_line(
            painter, option.rect.left(), bottom, option.rect.right() + 1, bottom, theme().color("hairline")
        )
        inner = option.rect.adjusted(_leading(option, index), 0, -theme().space.m, 0)
        if not isinstance(row, TicketRow):
            _bar(painter, inner)
        elif column == Column.STATUS:
            self._chip(painter, option, inner, index, row)
        else:
            self._text(painter, option, inner, index, row)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_inside(painter, option.rect)
        painter.restore()

    @staticmethod
    def _chip(
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        index: QModelIndex | QPersistentModelIndex,
        row: TicketRow,
    ) -> None:
        words, style = str(index.data()), chip_style(row.stage)
        size = chip_size(words, style.icon)
        top = inner.top() + (inner.height() - size.height()) // 2
        place = visual_rect(QRect(QPoint(inner.left(), top), size), option.rect, option.direction)
        paint_chip(painter, place, words, style.tone, style.icon, direction=option.direction)

    @staticmethod
    def _text(
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        index: QModelIndex | QPersistentModelIndex,
        row: TicketRow,
    ) -> None:
        column = Column(index.column())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = "onSelection" if selected else "muted" if column in _QUIET else "text"
        if column == Column.SUBJECT and row.unread:
            _dot(painter, option, inner)
        draw_marked_text(
            painter,
            visual_rect(inner, option.rect, option.direction),
            str(index.data()),
            theme().font("body", strong=_is_strong(column, row), tabular=True),
            theme().color(role),
            search=str(index.data(TicketRole.SEARCH)),
            align=alignment(column),
            direction=option.direction,
        )


def _is_strong(column: int, row: TicketRow | None) -> bool:
    return column == Column.SUBJECT and row is not None and row.unread


def _leading(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
    table = option.widget
    if isinstance(table, QTableView):
        return leading_margin(table.horizontalHeader(), Column(index.column()))
    return theme().space.m


def _dot(painter: QPainter, option: QStyleOptionViewItem, inner: QRect) -> None:
    where = QRect(inner.left() - _DOT_BEFORE_TEXT, inner.center().y() - _DOT // 2 + 1, _DOT, _DOT)
    place = visual_rect(where, option.rect, option.direction)
    on_bright = bool(option.state & QStyle.StateFlag.State_Selected) and theme().is_high_contrast
    color = theme().color("onSelection" if on_bright else "accentText")
    draw_box(painter, place, fill=color, radius=_DOT / 2)


def _bar(painter: QPainter, inner: QRect) -> None:
    height = theme().line_height("caption") - theme().space.xs
    place = QRect(inner.left(), inner.center().y() - height // 2, round(inner.width() * 0.6), height)
    draw_box(painter, place, fill=theme().color("neutralSoft"), radius=theme().radius.tag)
