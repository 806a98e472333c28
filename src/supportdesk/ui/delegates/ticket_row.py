"""One ticket as two lines: subject and time; status, number, people and paper clip."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from supportdesk.domain.projections import TicketRow
from supportdesk.ui.delegates.marked_text import draw_marked_text
from supportdesk.ui.delegates.row_ground import draw_row_ground
from supportdesk.ui.models.ticket_model import TicketRole
from supportdesk.ui.models.ticket_texts import TicketTexts
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import (
    draw_box,
    draw_focus_inside,
    draw_icon,
    draw_text,
    visual_rect,
)
from supportdesk.ui.widgets.chip import chip_size, chip_style, paint_chip

_DOT = 8
_DOT_BEFORE_TEXT = 18


class TicketRowDelegate(QStyledItemDelegate):
    """`keyboard` decides whether the current row shows its ring; the view sets it from the focus reason.

    `leading` and `trailing` are the margins of a row in px.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keyboard = False
        self.leading, self.trailing = theme().space.page_margin, theme().space.l

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().space.page_margin, theme().height.list_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        row = index.data(TicketRole.ROW)
        draw_row_ground(painter, option)
        if isinstance(row, TicketRow):
            texts, search = index.data(TicketRole.TEXTS), index.data(TicketRole.SEARCH)
            _Lines(painter, option, row, texts, search, (self.leading, self.trailing)).paint()
        else:
            _bars(painter, option, (self.leading, self.trailing))
        if self.keyboard and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_inside(painter, option.rect)
        painter.restore()


class _Lines:
    """The geometry of one row, mirrored where the text runs from right to left."""

    def __init__(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: TicketRow,
        texts: TicketTexts,
        search: str,
        sides: tuple[int, int],
    ) -> None:
        self._painter, self._row, self._texts, self._search = painter, row, texts, search
        self._bounds, self._direction = option.rect, option.direction
        self._selected = bool(option.state & QStyle.StateFlag.State_Selected)
        first, second = theme().line_height("body"), theme().height.chip
        top = option.rect.top() + (option.rect.height() - first - theme().space.xs - second) // 2
        left, right = sides
        width = option.rect.width() - left - right
        self._first = QRect(option.rect.left() + left, top, width, first)
        self._second = QRect(self._first.left(), self._first.bottom() + 1 + theme().space.xs, width, second)

    def paint(self) -> None:
        if self._row.unread:
            self._dot()
        self._first_line()
        self._second_line()

    def _dot(self) -> None:
        middle = self._first.center().y()
        where = QRect(self._first.left() - _DOT_BEFORE_TEXT, middle - _DOT // 2 + 1, _DOT, _DOT)
        color = theme().color("onSelection" if self._on_bright() else "accentText")
        draw_box(self._painter, QRectF(self._visual(where)), fill=color, radius=_DOT / 2)

    def _first_line(self) -> None:
        caption = theme().font("caption", tabular=True)
        time = self._texts.when(self._row)
        taken = draw_text(
            self._painter,
            self._visual(self._first),
            time,
            caption,
            self._muted(),
            align=Qt.AlignmentFlag.AlignRight,
            direction=self._direction,
        )
        draw_marked_text(
            self._painter,
            self._visual(self._first.adjusted(0, 0, -taken - theme().space.m, 0)),
            self._row.subject or "…",
            theme().font("body", strong=self._row.unread),
            self._text(),
            search=self._search,
            direction=self._direction,
        )

    def _second_line(self) -> None:
        status = self._texts.status(self._row)
        style = chip_style(self._row.stage)
        size = chip_size(status, style.icon)
        chip = QRect(self._second.topLeft(), size)
        paint_chip(
            self._painter, self._visual(chip), status, style.tone, style.icon, direction=self._direction
        )
        rest = self._second.adjusted(size.width() + theme().space.s, 0, 0, 0)
        for icon, color in self._marks():
            edge = theme().icon_size.small
            place = QRect(rest.right() + 1 - edge, rest.top(), edge, rest.height())
            draw_icon(self._painter, self._visual(place), icon, color)
            rest = rest.adjusted(0, 0, -edge - theme().space.s, 0)
        draw_marked_text(
            self._painter,
            self._visual(rest),
            self._texts.detail(self._row),
            theme().font("caption"),
            self._muted(),
            search=self._search,
            direction=self._direction,
        )

    def _marks(self) -> list[tuple[str, QColor]]:
        """From the trailing edge on."""
        marks = [("paperclip", self._muted())] if self._row.has_attachments else []
        if self._row.refused:
            danger = theme().color("onSelection" if self._on_bright() else "danger")
            return [*marks, ("circle-alert", danger)]
        waits = self._row.pending and self._row.number
        return [*marks, ("cloud-upload", self._muted())] if waits else marks

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self._bounds, self._direction)

    def _on_bright(self) -> bool:
        return self._selected and theme().is_high_contrast

    def _text(self) -> QColor:
        return theme().color("onSelection" if self._selected else "text")

    def _muted(self) -> QColor:
        return theme().color("onSelection" if self._on_bright() else "muted")


def _bars(painter: QPainter, option: QStyleOptionViewItem, sides: tuple[int, int]) -> None:
    """The shape of a row whose content is on its way."""
    left, height = option.rect.left() + sides[0], theme().line_height("caption") - 4
    width = option.rect.width() - sum(sides)
    middle = option.rect.center().y()
    for top, share in ((middle - height - theme().space.s, 0.6), (middle + theme().space.s, 0.35)):
        bar = QRect(left, top, round(width * share), height)
        draw_box(
            painter,
            visual_rect(bar, option.rect, option.direction),
            fill=theme().color("neutralSoft"),
            radius=theme().radius.tag,
        )
